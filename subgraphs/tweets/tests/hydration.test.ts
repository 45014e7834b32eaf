import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId, startTweets, type TestTweets } from './support/tweets.ts';

let tweets: TestTweets;
let reader: string;

const CARD = `id text createdAt conversationId author { id }
  entities {
    hashtags { tag start end } cashtags { symbol start end } urls { url start end }
    mentions { username start end user { id } }
  }
  likeCount retweetCount replyCount quoteCount
  viewer { isAuthor hasLiked hasRetweeted hasBookmarked canReply }
  replyTo { __typename ... on Tweet { id author { id } } ... on TweetTombstone { tweetId reason } }
  quoted { __typename ... on Tweet { id } ... on TweetTombstone { tweetId reason } }`;

beforeAll(async () => {
  tweets = await startTweets();
  reader = await tweets.register();
});
afterAll(() => tweets.stop());
beforeEach(() => tweets.forgetCached());

/** So many tweets of as many authors, each answering another's; nothing of them is outstanding. */
async function importPage(size: number): Promise<string[]> {
  const drafts = Array.from({ length: size }, () => ({ id: newId('tweet'), authorId: newId() }));
  const answers = drafts.map(({ id, authorId }) => ({
    id: newId('tweet'),
    authorId: newId(),
    conversationId: id,
    answers: { tweetId: id, authorId },
  }));
  await tweets.importTweets([...drafts, ...answers]);
  await tweets.eventLog.processAll();
  return answers.map(({ id }) => id);
}

const read = (ids: readonly string[], selection = CARD) =>
  tweets.entities(
    reader,
    'Tweet',
    ids.map((id) => ({ id })),
    selection,
  );

test('a page of 20 and one of 100 cost the same statements', async () => {
  for (const size of [1, 20, 100]) {
    const ids = await importPage(size);
    await tweets.forgetCached();
    const statements = await tweets.statementsOf(async () => expect(await read(ids)).toHaveLength(size));
    expect(statements.sort()).toEqual([
      'tweets.getCirclesByViewerIds',
      'tweets.getCountsByTweetIds',
      // The answers, and what they answer.
      'tweets.getProtectionsByUserIds',
      'tweets.getProtectionsByUserIds',
      'tweets.getTweetsByIds',
      'tweets.getTweetsByIds',
      'tweets.getViewerStates',
    ]);
    expect(await tweets.statementsOf(() => read(ids))).toEqual([]);
  }
});

test('what one request has read, the next has from memory, absences too', async () => {
  const ids = [...(await importPage(20)), newId('tweet')];
  const rows = () => tweets.statementsOf(() => read(ids, 'id text'));
  expect(await rows()).toContain('tweets.getTweetsByIds');
  expect(await rows()).toEqual([]);
});

test('what memory has lost, the cache that processes share still has', async () => {
  const ids = await importPage(20);
  await read(ids, 'id text');
  tweets.memory.clear();
  expect(await tweets.statementsOf(() => read(ids, 'id text'))).not.toContain('tweets.getTweetsByIds');
});

test('those who ask at the same moment share one statement', async () => {
  const ids = await importPage(20);
  const statements = await tweets.statementsOf(() =>
    Promise.all(Array.from({ length: 10 }, () => read(ids, 'id text'))),
  );
  expect(statements.filter((name) => name === 'tweets.getTweetsByIds')).toHaveLength(1);
});

test('what several viewers need is read at once, and everything of a viewer is answered to that viewer alone', async () => {
  const [author, blocking] = [await tweets.register(), await tweets.register()];
  const open = await tweets.post(author);
  const closed = await tweets.post(blocking);
  const viewers = await Promise.all(Array.from({ length: 10 }, () => tweets.register()));
  for (const [index, viewer] of viewers.entries()) {
    if (index % 2 === 0) await tweets.mutate(viewer, 'likeTweet', { tweetId: open });
    if (index % 3 === 0) await tweets.block(blocking, viewer);
  }
  const ids = [{ id: open }, { id: closed }];
  const seen = async (viewer: string) => tweets.entities(viewer, 'Tweet', ids, 'id likeCount viewer { hasLiked }');
  const apart = [];
  for (const viewer of viewers) apart.push(await seen(viewer));
  expect(await Promise.all(viewers.map(seen))).toEqual(apart);
  await tweets.forgetCached();
  let together: unknown[] = [];
  const statements = await tweets.statementsOf(async () => {
    together = await Promise.all(viewers.map(seen));
  });
  expect(together).toEqual(apart);
  expect(together).toEqual(
    viewers.map((_, index) => [
      { id: open, likeCount: 5, viewer: { hasLiked: index % 2 === 0 } },
      index % 3 === 0 ? null : { id: closed, likeCount: 0, viewer: { hasLiked: false } },
    ]),
  );
  const times = (wanted: string) => statements.filter((name) => name === wanted).length;
  for (const name of ['tweets.getCountsByTweetIds', 'tweets.getCirclesByViewerIds', 'tweets.getViewerStates']) {
    expect(times(name)).toBeGreaterThan(0);
    expect(times(name)).toBeLessThan(5);
  }
});

test('an absence is forgotten as soon as there is such a tweet', async () => {
  const id = newId('tweet');
  expect(await tweets.tweet(reader, id, 'id')).toBeNull();
  await tweets.importTweets([{ id, authorId: newId() }]);
  expect(await tweets.tweet(reader, id, 'id')).toEqual({ id });
});

test('ids of other things cost nothing', async () => {
  const statements = await tweets.statementsOf(() => read([newId('user'), newId('retweet')], 'id'));
  expect(statements).toEqual([]);
});

test('lists of many tweets cost the statements of one', async () => {
  const selection = `
    likedBy(first: 2) { nodes { id } } retweetedBy(first: 2) { nodes { id } }
    replies(first: 2) { nodes { id } } quotes(first: 2) { nodes { id } }`;
  const cost = async (size: number) => {
    const ids = await importPage(size);
    await tweets.forgetCached();
    return (await tweets.statementsOf(() => read(ids, selection))).sort();
  };
  const one = await cost(1);
  expect(one).toContain('tweets.listLikers');
  expect(await cost(50)).toEqual(one);
});

test('a conversation costs the same however many ancestors and answers it has', async () => {
  const cost = async (length: number) => {
    const root = newId('tweet');
    const chain = [root, ...Array.from({ length }, () => newId('tweet'))];
    const draft = (id: string, tweetId: string) => ({
      id,
      authorId: newId(),
      conversationId: root,
      answers: { tweetId, authorId: reader },
    });
    const focus = chain.at(-1) as string;
    await tweets.importTweets([
      { id: root, authorId: newId() },
      ...chain.slice(1).map((id, step) => draft(id, chain[step] as string)),
      ...Array.from({ length }, () => draft(newId('tweet'), focus)),
    ]);
    await tweets.eventLog.processAll();
    const source = `query ($id: ID!) {
      conversation(tweetId: $id, first: 100) {
        root { ... on Tweet { id } } focus { ${CARD} } ancestors { ... on Tweet { ${CARD} } } replies { nodes { ${CARD} } }
      }
    }`;
    await tweets.forgetCached();
    return (await tweets.statementsOf(() => tweets.get(reader, source, { id: focus }))).sort();
  };
  expect(await cost(60)).toEqual(await cost(3));
});
