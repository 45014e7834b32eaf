import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId, startTweets, type TestTweets } from './support/tweets.ts';

let tweets: TestTweets;
let author: string;
let other: string;
let root: string;

beforeAll(async () => {
  tweets = await startTweets();
});
afterAll(() => tweets.stop());
beforeEach(async () => {
  author = await tweets.register();
  other = await tweets.register();
  root = await tweets.post(author);
});

interface Conversation {
  readonly root: { readonly id: string };
  readonly focus: { readonly id: string };
  readonly ancestors: { readonly id?: string; readonly tweetId?: string; readonly reason?: string }[];
  readonly replies: {
    readonly edges: { readonly cursor: string; readonly node: { readonly id: string } }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly endCursor: string | null;
    };
  };
}

const DOCUMENT = `query ($tweetId: ID!, $first: Int, $after: String) {
  conversation(tweetId: $tweetId, first: $first, after: $after) {
    root { ... on Tweet { id } ... on TweetTombstone { tweetId reason } }
    focus { id }
    ancestors { ... on Tweet { id } ... on TweetTombstone { tweetId reason } }
    replies { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } }
  }
}`;

async function read(asker: string | null, tweetId: string, page: { first?: number; after?: string } = {}) {
  const { conversation } = await tweets.get<{ conversation: Conversation }>(asker, DOCUMENT, { tweetId, ...page });
  return conversation;
}

const ids = ({ replies }: Conversation) => replies.edges.map(({ node }) => node.id);

/** Every answer, page by page to the end. */
async function readAll(asker: string | null, tweetId: string, first: number) {
  const all: string[] = [];
  let after: string | undefined;
  do {
    const page = await read(asker, tweetId, after === undefined ? { first } : { first, after });
    all.push(...ids(page));
    expect(page.replies.pageInfo.hasPreviousPage).toBe(after !== undefined);
    if (page.replies.pageInfo.hasNextPage) expect(page.replies.edges).toHaveLength(first);
    after = page.replies.pageInfo.hasNextPage ? (page.replies.pageInfo.endCursor ?? undefined) : undefined;
  } while (after !== undefined);
  return all;
}

test('leads from the root to the focus', async () => {
  const second = await tweets.post(other, { replyToTweetId: root });
  const third = await tweets.post(author, { replyToTweetId: second });
  const answer = await tweets.post(other, { replyToTweetId: third });
  expect(await read(null, third)).toMatchObject({
    root: { id: root },
    focus: { id: third },
    ancestors: [{ id: root }, { id: second }],
    replies: { edges: [{ node: { id: answer } }], pageInfo: { hasNextPage: false } },
  });
  expect(await read(null, root)).toMatchObject({ root: { id: root }, focus: { id: root }, ancestors: [] });
  await tweets.mutate(other, 'deleteTweet', { tweetId: second });
  expect((await read(null, third)).ancestors).toEqual([{ id: root }, { tweetId: second, reason: 'DELETED' }]);
  expect((await tweets.ask(null, DOCUMENT, { tweetId: second })).data).toEqual({ conversation: null });
});

test('shows the 100 nearest ancestors of a long conversation', async () => {
  const chain = [root, ...Array.from({ length: 105 }, () => newId('tweet'))];
  const answers = chain.slice(1).map((id, step) => ({
    id,
    authorId: author,
    conversationId: root,
    answers: { tweetId: chain[step] as string, authorId: author },
  }));
  await tweets.importTweets(answers);
  const focus = chain.at(-1) as string;
  const conversation = await read(null, focus);
  expect(conversation.root).toEqual({ id: root });
  expect(conversation.ancestors).toEqual(chain.slice(-101, -1).map((id) => ({ id })));
});

test('ranks the answered author’s own answers first, then engagement, then the newest', async () => {
  const plain = await tweets.post(other, { replyToTweetId: root });
  const liked = await tweets.post(other, { replyToTweetId: root });
  const own = await tweets.post(author, { replyToTweetId: root });
  const newer = await tweets.post(other, { replyToTweetId: root });
  const answered = await tweets.post(other, { replyToTweetId: root });
  await tweets.mutate(author, 'likeTweet', { tweetId: liked });
  await tweets.mutate(other, 'retweet', { tweetId: liked });
  await tweets.post(other, { replyToTweetId: answered });
  expect(ids(await read(null, root))).toEqual([own, liked, answered, newer, plain]);
  expect(await readAll(null, root, 2)).toEqual([own, liked, answered, newer, plain]);
  await tweets.mutate(author, 'unlikeTweet', { tweetId: liked });
  await tweets.mutate(other, 'undoRetweet', { tweetId: liked });
  expect(ids(await read(null, root))).toEqual([own, answered, newer, liked, plain]);
});

test('answers can be read backwards, and apart from the conversation’s own page', async () => {
  for (let index = 0; index < 3; index += 1) await tweets.post(other, { replyToTweetId: root });
  await tweets.mutate(other, 'likeTweet', { tweetId: await tweets.post(author, { replyToTweetId: root }) });
  const all = ids(await read(null, root));
  const source = `query ($id: ID!, $before: String) {
    conversation(tweetId: $id, first: 1) {
      first: replies { nodes { id } }
      last: replies(last: 3, before: $before) { nodes { id } pageInfo { startCursor hasNextPage hasPreviousPage } }
    }
  }`;
  interface Both {
    first: { nodes: { id: string }[] };
    last: { nodes: { id: string }[]; pageInfo: { startCursor: string } };
  }
  const { conversation } = await tweets.get<{ conversation: Both }>(null, source, { id: root });
  expect(conversation.first.nodes.map(({ id }) => id)).toEqual(all.slice(0, 1));
  expect(conversation.last.nodes.map(({ id }) => id)).toEqual(all.slice(1));
  const before = conversation.last.pageInfo.startCursor;
  expect(await tweets.get(null, source, { id: root, before })).toMatchObject({
    conversation: { last: { nodes: [{ id: all[0] }], pageInfo: { hasNextPage: true, hasPreviousPage: false } } },
  });
});

test('leaves out who is muted, blocked or deleted, and fills the page up', async () => {
  const reader = await tweets.register();
  const [muted, blocking, retweeter] = [await tweets.register(), await tweets.register(), await tweets.register()];
  const draft = (authorId: string) => ({
    id: newId('tweet'),
    authorId,
    conversationId: root,
    answers: { tweetId: root, authorId: author },
  });
  const drafts = Array.from({ length: 30 }, (_, round) => [
    ...(round % 5 === 0 ? [draft(retweeter)] : []),
    draft(muted),
    draft(blocking),
  ]).flat();
  await tweets.importTweets(drafts);
  const shown = drafts.filter(({ authorId }) => authorId === retweeter).map(({ id }) => id);
  const gone = await tweets.post(other, { replyToTweetId: root });
  await tweets.mutate(other, 'deleteTweet', { tweetId: gone });
  await tweets.mute(reader, muted);
  await tweets.mute(reader, retweeter, { onlyRetweets: true });
  await tweets.block(blocking, reader);
  expect(await readAll(reader, root, 2)).toEqual(shown.toReversed());
  expect(await readAll(null, root, 100)).toHaveLength(66);
  expect(await readAll(muted, root, 50)).toHaveLength(66);
  await tweets.unmute(reader, muted);
  expect(await readAll(reader, root, 7)).toHaveLength(36);
});

test('a mute ends by itself, and hides no look-up', async () => {
  const answer = await tweets.post(other, { replyToTweetId: root });
  await tweets.mute(author, other, { until: new Date(Date.now() + 3_600_000).toISOString() });
  expect(ids(await read(author, root))).toEqual([]);
  expect((await read(author, answer)).focus).toEqual({ id: answer });
  await tweets.mute(author, other, { until: new Date(Date.now() - 1_000).toISOString() });
  expect(ids(await read(author, root))).toEqual([answer]);
});

test('a cursor goes on where it was, whatever came in meanwhile', async () => {
  const old = [];
  for (let index = 0; index < 4; index += 1) old.unshift(await tweets.post(other, { replyToTweetId: root }));
  const page = await read(null, root, { first: 2 });
  expect(ids(page)).toEqual(old.slice(0, 2));
  await tweets.post(author, { replyToTweetId: root });
  await tweets.post(other, { replyToTweetId: root });
  const after = page.replies.pageInfo.endCursor as string;
  expect(ids(await read(null, root, { first: 2, after }))).toEqual(old.slice(2));
});

test('Tweet.replies is the same list, with the same cursors', async () => {
  for (let index = 0; index < 3; index += 1) await tweets.post(other, { replyToTweetId: root });
  const page = await read(null, root, { first: 1 });
  const after = page.replies.pageInfo.endCursor;
  const selection = `replies(first: 1, after: "${after}") { edges { cursor node { id } } }`;
  const seen = await tweets.tweet<{ replies: Conversation['replies'] }>(null, root, selection);
  expect(seen?.replies.edges).toEqual((await read(null, root, { first: 2 })).replies.edges.slice(1));
});

test.each([
  [{ first: 0 }, 'first'],
  [{ first: -1 }, 'first'],
  [{ first: 101 }, 'first'],
  [{ after: '' }, 'after'],
  [{ after: 'not a cursor' }, 'after'],
  [{ after: 'x'.repeat(10_000) }, 'after'],
])('the page %j is none', async (page, argument) => {
  const { data, errors } = await tweets.ask(null, DOCUMENT, { tweetId: root, ...page });
  expect(data).toEqual({ conversation: null });
  expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
});

test('a cursor of another list is none of this', async () => {
  await tweets.post(other, { replyToTweetId: root });
  await tweets.mutate(other, 'likeTweet', { tweetId: root });
  const { replies } = await read(null, root);
  const elsewhere = await tweets.post(author);
  const foreign = await tweets.ask(null, DOCUMENT, { tweetId: elsewhere, after: replies.pageInfo.endCursor });
  expect(foreign.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
  const seen = await tweets.tweet<{ likedBy: Conversation['replies'] }>(null, root, 'likedBy { edges { cursor } }');
  const after = seen?.likedBy.edges[0]?.cursor;
  const likes = await tweets.ask(null, DOCUMENT, { tweetId: root, after });
  expect(likes.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
});
