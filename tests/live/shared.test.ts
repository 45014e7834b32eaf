import { encodeCursor } from '@starling/platform/pagination';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type Person } from '../contract/people.ts';
import type { LiveClient, LiveStream } from '../support/live-client.ts';
import { type RunningStarling, type Shape, startStarling } from '../support/starling.ts';

const CONVERSATION = `subscription Shared($tweetId: ID!, $after: String) { conversationUpdates(tweetId: $tweetId, after: $after) {
  __typename ... on TweetAdded { cursor tweet { id text author { username } } } ... on TweetRemoved { cursor tweetId } } }`;
const CONVERSATION_OF_VIEWER = `subscription Own($tweetId: ID!, $after: String) { conversationUpdates(tweetId: $tweetId, after: $after) {
  ... on TweetAdded { cursor tweet { id text author { username } viewer { isAuthor } } } } }`;
const TWEET = `subscription Counts($tweetId: ID!) { tweetUpdates(tweetId: $tweetId) {
  ... on TweetCountsChanged { cursor tweet { id likeCount author { username } } } } }`;
const HOME = `subscription Home($after: String) { homeTimelineUpdates(after: $after) {
  __typename ... on TweetAdded { place: cursor tweet { id text author { username } } retweetedBy { username } }
  ... on StreamGap { place: cursor } } }`;

type Tweet = { readonly id: string; readonly text: string; readonly viewer?: { readonly isAuthor: boolean } | null };
interface Update {
  readonly cursor?: string;
  readonly place?: string;
  readonly tweet?: Tweet | null;
}

const READERS = 6;

describe.each<Shape>(['one-process', 'over-http'])('streams of several who are told the same, %s', (shape) => {
  let starling: RunningStarling;
  let author: Person;
  let readers: Person[];
  const clients: LiveClient[] = [];

  beforeAll(async () => {
    starling = await startStarling({ shape });
    const people = createClient(starling);
    author = await people.register('author');
    readers = await Promise.all(Array.from({ length: READERS }, () => people.register('reader')));
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await starling?.stop();
  });

  function watch(person: Person | null, document: string, variables: object): LiveStream<Record<string, Update>> {
    const client = starling.live(person?.accessToken);
    clients.push(client);
    return client.subscribe(document, variables);
  }

  async function next(stream: LiveStream<Record<string, Update>>): Promise<Update> {
    const { data, errors } = await stream.next();
    expect(errors).toBeUndefined();
    return Object.values(data ?? {})[0] as Update;
  }

  async function does(person: Person, mutation: string, input: object): Promise<void> {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`;
    const answer = await starling.graphql(document, { input }, person.accessToken);
    expect(answer).toEqual({ data: { [mutation]: { userErrors: [] } } });
  }

  /** Streams of everybody, signed in and out, each with the first answer behind it. */
  async function conversationOf(root: string, document: string, people: readonly (Person | null)[]) {
    const first = await author.post('A first answer', { replyToTweetId: root });
    const after = encodeCursor(`conversation-stream:${root}`, '0');
    const streams = people.map((person) => watch(person, document, { tweetId: root, after }));
    for (const stream of streams) expect(await next(stream)).toMatchObject({ tweet: { id: first } });
    return streams;
  }

  const fetchesOf = (name: string) => starling.fetches.filter(({ request }) => request.operationName?.startsWith(name));

  it('are hydrated once where nothing depends on who reads', async () => {
    const root = await author.post('Root');
    const streams = await conversationOf(root, CONVERSATION, [...readers, null]);
    starling.fetches.length = 0;
    const id = await author.post('For all', { replyToTweetId: root });
    const updates = await Promise.all(streams.map(next));
    expect(new Set(updates.map((update) => JSON.stringify(update))).size).toBe(1);
    expect(updates[0]).toMatchObject({ tweet: { id, text: 'For all', author: { username: author.username } } });
    expect(fetchesOf('Shared').map(({ subgraph }) => subgraph)).toEqual(['users']);
  });

  it('keep apart what depends on who reads: nobody gets what is another’s', async () => {
    const [writer, other] = readers as [Person, Person];
    const root = await author.post('Root');
    const people = [...readers, null];
    const streams = await conversationOf(root, CONVERSATION_OF_VIEWER, people);
    const id = await writer.post('Mine', { replyToTweetId: root });
    const updates = await Promise.all(streams.map(next));
    expect(updates.every(({ tweet }) => tweet?.id === id)).toBe(true);
    expect(updates.map(({ tweet }) => tweet?.viewer?.isAuthor)).toEqual(
      people.map((p) => p && p === writer).map((is) => is ?? undefined),
    );
    expect(updates.at(-1)?.tweet?.viewer).toBeNull();
    expect(other).not.toBe(writer);
  });

  it('tell those whom a block or a protection shuts out nothing, and everybody else the whole', async () => {
    const [blocker, follower, stranger] = readers as [Person, Person, Person];
    const writer = await createClient(starling).register('writer');
    const root = await author.post('Root');
    const people = [blocker, follower, stranger, null];
    const streams = await conversationOf(root, CONVERSATION, people);
    await does(blocker, 'blockUser', { userId: writer.id });
    await does(follower, 'followUser', { userId: writer.id });
    const open = await writer.post('Open', { replyToTweetId: root });
    // What is on its way when protection comes may arrive without its tweet: here nothing is.
    for (const stream of streams.slice(1)) {
      expect(await next(stream)).toMatchObject({ tweet: { id: open, text: 'Open' } });
    }
    await does(writer, 'updateProfile', { isProtected: true });
    await writer.post('For followers', { replyToTweetId: root });
    await author.post('Last', { replyToTweetId: root });
    const heard: string[][] = [];
    for (const stream of streams) {
      const texts: string[] = [];
      while (texts.at(-1) !== 'Last') texts.push((await next(stream)).tweet?.text ?? 'null');
      heard.push(texts);
    }
    expect(heard).toEqual([['Last'], ['For followers', 'Last'], ['Last'], ['Last']]);
  });

  it('hydrate homes together, each with its own cursor, from which it goes on', async () => {
    for (const reader of readers) await does(reader, 'followUser', { userId: author.id });
    const streams = readers.map((reader) =>
      watch(reader, HOME, { after: encodeCursor(`home-stream:${reader.id}`, '0') }),
    );
    const id = await author.post('At home');
    const updates: Update[] = [];
    for (const stream of streams) {
      let update = await next(stream);
      while (update.tweet?.id !== id) update = await next(stream);
      updates.push(update);
    }
    expect(new Set(updates.map(({ place }) => place)).size).toBe(READERS);
    starling.fetches.length = 0;
    const later = await author.post('Later');
    for (const [at, stream] of streams.entries()) {
      expect(await next(stream)).toMatchObject({ tweet: { id: later, text: 'Later' } });
      const resumed = watch(readers[at] as Person, HOME, { after: updates[at]?.place });
      expect(await next(resumed)).toMatchObject({ tweet: { id: later } });
    }
    expect(fetchesOf('Home').length).toBeLessThan(2 * READERS);
  });

  it('end with the session that opened them, also those that need no account', async () => {
    const person = await createClient(starling).register('leaves');
    const root = await author.post('Root');
    const [conversation] = await conversationOf(root, CONVERSATION, [person]);
    const counts = watch(person, TWEET, { tweetId: root });
    const ends = [conversation, counts].map((stream) => stream?.next().catch(({ code }: { code: number }) => code));
    const { data } = await starling.graphql<{ sessions: { id: string }[] }>(
      '{ sessions { id } }',
      {},
      person.accessToken,
    );
    await does(person, 'revokeSession', { sessionId: data?.sessions[0]?.id });
    expect(await Promise.all(ends)).toEqual([4403, 4403]);
  });
});
