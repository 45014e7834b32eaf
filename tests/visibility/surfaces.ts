import { encodeCursor } from '@starling/platform/pagination';
import { expect } from 'vitest';
import { FollowUserDocument, RetweetDocument, UpdateProfileDocument } from '../../schema/generated/graphql.ts';
import type { Client, Person } from '../contract/people.ts';
import type { RunningStarling } from '../support/starling.ts';

/** Three people and what they did, so that the author can be met by the viewer in every place that there is. */
export interface Scene {
  readonly author: Person;
  readonly viewer: Person;
  /** Somebody whom the viewer follows, and whom no rule concerns. */
  readonly third: Person;
  readonly ids: Readonly<Record<string, string>>;
}

async function mutate(person: Person, starling: RunningStarling, field: string, input: object): Promise<string[]> {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { payload: ${field}(input: $input) { userErrors { code } } }`;
  const { data, errors } = await starling.graphql<{ payload: { userErrors: { code: string }[] } }>(
    document,
    { input },
    person.accessToken,
  );
  expect(errors, field).toBeUndefined();
  return (data?.payload.userErrors ?? []).map(({ code }) => code);
}

/** What somebody does, which is expected to be done. */
export async function act(starling: RunningStarling, person: Person, field: string, input: object): Promise<void> {
  expect(await mutate(person, starling, field, input), field).toEqual([]);
}

/** A list that everybody may see. */
async function makeList(starling: RunningStarling, owner: Person): Promise<string> {
  const { data } = await starling.graphql<{ createList: { list: Node } }>(
    'mutation { createList(input: { name: "People" }) { list { id } } }',
    {},
    owner.accessToken,
  );
  return data?.createList.list.id ?? '';
}

export async function setScene(starling: RunningStarling, client: Client): Promise<Scene> {
  const [author, viewer, third] = [
    await client.register('author'),
    await client.register('viewer'),
    await client.register('third'),
  ];
  for (const [follower, followee] of [
    [viewer, author],
    [viewer, third],
    [third, author],
    [author, third],
  ] as const) {
    await follower.ask(FollowUserDocument, { input: { userId: followee.id } });
  }
  const tweet = await author.post('By the author.');
  const pinned = await author.post('Pinned by the author.');
  const later = await author.post('Retweeted when the rule stands, by the author.');
  const question = await third.post('A question.');
  const answer = await author.post('The author answers.', { replyToTweetId: question });
  const quote = await third.post('A quote.', { quotedTweetId: tweet });
  const quotingAnswer = await third.post('An answer with a quote.', { replyToTweetId: question, quotedTweetId: tweet });
  const quoting = await author.post('The author quotes a question.', { quotedTweetId: question });
  const reaction = await third.post('An answer to the author.', { replyToTweetId: tweet });
  await act(starling, author, 'pinTweet', { tweetId: pinned });
  await act(starling, author, 'likeTweet', { tweetId: question });
  await act(starling, author, 'retweet', { tweetId: question });
  await act(starling, third, 'likeTweet', { tweetId: tweet });
  await act(starling, third, 'retweet', { tweetId: tweet });
  await act(starling, viewer, 'bookmarkTweet', { tweetId: tweet });
  const mine = await viewer.post('Something of mine.');
  await author.post('The author answers the viewer.', { replyToTweetId: mine });
  await act(starling, author, 'likeTweet', { tweetId: mine });
  await act(starling, author, 'retweet', { tweetId: mine });
  const listId = await makeList(starling, third);
  await act(starling, third, 'addListMember', { listId, userId: author.id });
  const ids = {
    tweet,
    pinned,
    later,
    question,
    answer,
    quote,
    quotingAnswer,
    quoting,
    listId,
    reaction,
    mine,
    author: author.id,
    third: third.id,
  };
  return { author, viewer, third, ids };
}

export const protect = (person: Person, isProtected: boolean) =>
  person.ask(UpdateProfileDocument, { input: { isProtected } });

interface Node {
  readonly id: string;
}
interface Nodes {
  readonly nodes: readonly Node[];
}
interface Place {
  readonly tweetId?: string;
  readonly reason?: string;
}
interface Everything {
  readonly tweet: Node | null;
  readonly nodes: readonly (Node | null)[];
  readonly conversation: { readonly replies: Nodes };
  readonly below: { readonly root: Place; readonly ancestors: readonly Place[] };
  readonly quote: { readonly quoted: Place };
  readonly reaction: { readonly replyTo: Place };
  readonly question: { readonly likedBy: Nodes; readonly retweetedBy: Nodes; readonly quotes: Nodes };
  readonly list: { readonly timeline: Nodes; readonly members: Nodes };
  readonly known?: { readonly followersYouKnow: Nodes };
  readonly author: Readonly<Record<'timeline' | 'likes' | 'followers' | 'following', Nodes>> & {
    readonly username: string;
    readonly followerCount: number;
    readonly pinnedTweet: Node | null;
  };
  readonly third: Readonly<Record<'timeline' | 'likes' | 'followers', Nodes>>;
  readonly homeTimeline: {
    readonly edges: readonly { readonly node: Node; readonly retweetedBy: Node | null }[];
  } | null;
  readonly bookmarks: Nodes | null;
  readonly notifications: {
    readonly nodes: readonly { readonly kind: string; readonly sampleActors: readonly Node[] }[];
  } | null;
  readonly popularTweets: Nodes;
}

const PLACE = '{ __typename ... on TweetTombstone { tweetId reason } }';
const everybodys = `
  popularTweets(first: 100) { nodes { id } }
  tweet(id: $tweet) { id }
  nodes(ids: [$tweet]) { id }
  conversation(tweetId: $question) { replies { nodes { id } } }
  below: conversation(tweetId: $reaction) { root ${PLACE} ancestors ${PLACE} }
  quote: tweet(id: $quote) { quoted ${PLACE} }
  reaction: tweet(id: $reaction) { replyTo ${PLACE} }
  question: tweet(id: $question) { likedBy { nodes { id } } retweetedBy { nodes { id } } quotes { nodes { id } } }
  list(id: $listId) { timeline { nodes { id } } members { nodes { id } } }
  author: user(id: $author) {
    username followerCount pinnedTweet { id }
    timeline { nodes { id } } likes { nodes { id } } followers { nodes { id } } following { nodes { id } }
  }
  third: user(id: $third) { timeline { nodes { id } } likes { nodes { id } } followers { nodes { id } } }`;
const theViewers =
  'homeTimeline { edges { node { id } retweetedBy { id } } } bookmarks { nodes { id } } notifications(first: 100) { nodes { kind sampleActors { id } } } known: user(id: $third) { followersYouKnow { nodes { id } } }';
const VARIABLES = '$tweet: ID!, $question: ID!, $reaction: ID!, $quote: ID!, $author: ID!, $third: ID!, $listId: ID!';

/** Where the author, or something of the author's, can be met; each tells whether it is there. */
const SURFACES = {
  'look-up by id': ({ tweet }) => tweet !== null,
  nodes: ({ nodes }) => nodes[0] !== null,
  conversation: ({ conversation }, { answer }) => has(conversation.replies, answer),
  'conversation, quoted by another': ({ conversation }, { quotingAnswer }) => has(conversation.replies, quotingAnswer),
  quoted: ({ quote }) => quote.quoted.reason === undefined,
  replyTo: ({ reaction }) => reaction.replyTo.reason === undefined,
  root: ({ below }) => below.root.reason === undefined,
  ancestors: ({ below }) => below.ancestors[0]?.reason === undefined,
  'who likes it': ({ question }, { author }) => has(question.likedBy, author),
  'who retweeted it': ({ question }, { author }) => has(question.retweetedBy, author),
  'profile timeline': ({ author }, { tweet }) => has(author.timeline, tweet),
  'pinned tweet': ({ author }) => author.pinnedTweet !== null,
  'what the author likes': ({ author }, { question }) => has(author.likes, question),
  'who follows the author': ({ author }, { third }) => has(author.followers, third),
  'whom the author follows': ({ author }, { third }) => has(author.following, third),
  'profile of who retweeted it': ({ third }, { tweet }) => has(third.timeline, tweet),
  'likes of another': ({ third }, { tweet }) => has(third.likes, tweet),
  'followers of another': ({ third }, { author }) => has(third.followers, author),
  'followers of another whom one knows': ({ known }, { author }) => known && has(known.followersYouKnow, author),
  'quotes of a tweet': ({ question }, { quoting }) => has(question.quotes, quoting),
  'timeline of a list': ({ list }, { tweet }) => has(list.timeline, tweet),
  'members of a list': ({ list }, { author }) => has(list.members, author),
  popular: ({ popularTweets }, { tweet }) => has(popularTweets, tweet),
  'home, quoted by another': ({ homeTimeline }, { quote }) => homeTimeline?.edges.some(({ node }) => node.id === quote),
  home: ({ homeTimeline }, { tweet }) =>
    homeTimeline?.edges.some(({ node, retweetedBy }) => node.id === tweet && retweetedBy === null),
  'home, retweeted by another': ({ homeTimeline }, { tweet, third }) =>
    homeTimeline?.edges.some(({ node, retweetedBy }) => node.id === tweet && retweetedBy?.id === third),
  'home, retweeted by the author': ({ homeTimeline }, { question, author }) =>
    homeTimeline?.edges.some(({ node, retweetedBy }) => node.id === question && retweetedBy?.id === author),
  bookmarks: ({ bookmarks }, { tweet }) => bookmarks && has(bookmarks, tweet),
  'notified of a like': (seen, { author }) => isNotified(seen, 'LIKE', author),
  'notified of a retweet': (seen, { author }) => isNotified(seen, 'RETWEET', author),
  'notified of an answer': (seen, { author }) => isNotified(seen, 'REPLY', author),
} satisfies Record<string, (seen: Everything, ids: Scene['ids']) => boolean | null | undefined>;

const LIVE_SURFACES = ['stream', 'stream, retweeted by another', 'stream, retweeted by the author'] as const;

export type StoredSurface = keyof typeof SURFACES;
export type LiveSurface = (typeof LIVE_SURFACES)[number];
export type Surface = StoredSurface | LiveSurface;
export const STORED_SURFACES = Object.keys(SURFACES) as StoredSurface[];
export const EVERYWHERE: readonly Surface[] = [...STORED_SURFACES, ...LIVE_SURFACES];

const isNotified = ({ notifications }: Everything, kind: string, by: string | undefined) =>
  notifications?.nodes.some((node) => node.kind === kind && node.sampleActors.some(({ id }) => id === by));

const has = ({ nodes }: Nodes, id: string | undefined) => nodes.some((node) => node.id === id);

export interface Seen {
  /** Surfaces that do not show the author; those that there are not (a home, when signed out) are not among them. */
  readonly hidden: readonly StoredSurface[];
  /** What the tombstones say. */
  readonly reasons: readonly string[];
}

/** Everything that somebody (null: signed out) sees of the author, in one request. */
export async function look(starling: RunningStarling, scene: Scene, viewer: Person | null): Promise<Seen> {
  const document = `query (${VARIABLES}) { ${everybodys} ${viewer ? theViewers : ''} }`;
  const { tweet, question, reaction, quote, author, third, listId } = scene.ids;
  const variables = { tweet, question, reaction, quote, author, third, listId };
  const { data, errors } = await starling.graphql<Everything>(document, variables, viewer?.accessToken);
  expect(errors).toBeUndefined();
  if (!data) throw new Error('no data');
  // Whatever the rule, profiles and counts are everybody's.
  expect(data.author.username).toBe(scene.author.username);
  expect(data.author.followerCount).toBeGreaterThan(0);
  const places = [data.quote.quoted, data.reaction.replyTo, data.below.root, ...data.below.ancestors];
  return {
    hidden: STORED_SURFACES.filter((surface) => SURFACES[surface](data, scene.ids) === false),
    reasons: [...new Set(places.flatMap(({ reason }) => reason ?? []))],
  };
}

interface Update {
  readonly homeTimelineUpdates: {
    readonly __typename: string;
    readonly tweet?: Node;
    readonly retweetedBy?: Node | null;
  };
}

/** What of the author's doings does not reach the viewer's stream, when `rule` is made while the stream is open. */
export async function watch(
  starling: RunningStarling,
  { author, viewer, third, ids }: Scene,
  rule: () => Promise<void>,
): Promise<LiveSurface[]> {
  const live = starling.live(viewer.accessToken);
  const stream = live.subscribe<Update>(
    `subscription ($after: String) { homeTimelineUpdates(after: $after) {
       __typename ... on TweetAdded { tweet { id } retweetedBy { id } } } }`,
    { after: encodeCursor(`home-stream:${viewer.id}`, '0') },
  );
  try {
    // It begins at the beginning, so that this comes for sure, and stands once it has come.
    const standing = await third.post('It stands.');
    while ((await stream.next()).data?.homeTimelineUpdates.tweet?.id !== standing);
    await rule();
    const posted = await author.post('Said now by the author.');
    const later = ids.later ?? '';
    const another = await third.post('Something of a third.');
    await author.ask(RetweetDocument, { input: { tweetId: another } });
    // Of a protected account this is refused; nothing comes then either.
    await third.ask(RetweetDocument, { input: { tweetId: later } });
    // Of what is handled together, tweets come before retweets: the last one comes after all of it.
    await starling.processAll();
    const last = await third.post('The end.');
    const came: Record<LiveSurface, boolean> = {
      stream: false,
      'stream, retweeted by another': false,
      'stream, retweeted by the author': false,
    };
    for (;;) {
      const { tweet, retweetedBy } = (await stream.next()).data?.homeTimelineUpdates ?? {};
      if (tweet?.id === last) break;
      if (tweet?.id === posted) came.stream = true;
      if (tweet?.id === later && retweetedBy?.id === third.id) came['stream, retweeted by another'] = true;
      if (tweet?.id === another && retweetedBy?.id === author.id) came['stream, retweeted by the author'] = true;
    }
    return LIVE_SURFACES.filter((surface) => !came[surface]);
  } finally {
    await stream.end();
    await live.close();
  }
}
