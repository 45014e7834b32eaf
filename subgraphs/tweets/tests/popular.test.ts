import { makeSnowflake } from '@starling/platform/snowflake';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { redeliverForTests } from '../../../platform/src/event-log/testing.ts';
import { popularRanking } from '../src/popular-ranking.ts';
import { startTweets, type TestTweets } from './support/tweets.ts';

let tweets: TestTweets;
let author: string;
let viewer: string;
let crowd: string[];
/** Each test looks at its own tweets: those of others may be popular as well. */
let own: string[];
beforeAll(async () => {
  tweets = await startTweets();
  crowd = await Promise.all(Array.from({ length: 20 }, (_, index) => tweets.register(`crowd${index}`)));
});
afterAll(() => tweets.stop());
beforeEach(async () => {
  own = [];
  [author, viewer] = [await tweets.register(), await tweets.register()];
});

const MINUTES = 60_000;
let made = 0;

/** A tweet of the author's of some time ago, liked by so many. */
async function post(likes: number, agoMs = 0, more: { by?: string; text?: string } = {}): Promise<string> {
  made += 1;
  const id = makeSnowflake({ ms: Date.now() - agoMs, kind: 'tweet', writer: 61, sequence: made });
  await tweets.importTweets([{ id, authorId: more.by ?? author, ...(more.text !== undefined && { text: more.text }) }]);
  for (const person of crowd.slice(0, likes)) await tweets.mutate(person, 'likeTweet', { tweetId: id });
  own.push(id);
  return id;
}

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const DOCUMENT = `query ($window: PopularWindow, $first: Int, $after: String) {
  popularTweets(window: $window, first: $first, after: $after) {
    edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }`;

async function page(asker: string | null, args: { window?: string; first?: number; after?: string } = {}) {
  return (await tweets.get<{ popularTweets: Page }>(asker, DOCUMENT, { first: 100, ...args })).popularTweets;
}
const popular = async (asker: string | null, window?: string) =>
  (await page(asker, window === undefined ? {} : { window })).edges
    .map(({ node }) => node.id)
    .filter((id) => own.includes(id));

describe('TL-10: what is popular', () => {
  test('more likes first; what nobody likes is not popular', async () => {
    const [few, many, one] = [await post(3), await post(20), await post(1)];
    await post(0);
    expect(await popular(null)).toEqual([many, few, one]);
    expect(await popular(viewer)).toEqual([many, few, one]);
    for (const person of crowd.slice(1, 20)) await tweets.mutate(person, 'unlikeTweet', { tweetId: many });
    await tweets.mutate(crowd[19] ?? '', 'likeTweet', { tweetId: one });
    expect(await popular(null)).toEqual([few, one, many]);
  });

  test('within the window alone', async () => {
    const [now, hours, days] = [await post(2), await post(2, 120 * MINUTES), await post(2, 3 * 24 * 60 * MINUTES)];
    await post(20, 8 * 24 * 60 * MINUTES);
    expect(await popular(null, 'HOUR')).toEqual([now]);
    expect(await popular(null, 'DAY')).toEqual([now, hours]);
    expect(await popular(null)).toEqual([now, hours]);
    expect(await popular(null, 'WEEK')).toEqual([now, hours, days]);
  });

  test('age weighs against likes: a quarter of the window as much as a doubling', async () => {
    const old = await post(15, 31 * MINUTES);
    const young = await post(4);
    expect(await popular(null, 'HOUR')).toEqual([young, old]);
    expect(await popular(null, 'DAY')).toEqual([old, young]);
  });

  test('of equally liked ones, that of the author with more followers, however often that is told', async () => {
    const star = await tweets.register();
    for (const person of crowd) await tweets.follow(person, star);
    const [hers, his] = [await post(3, 1_000, { by: star }), await post(3)];
    expect(await popular(null)).toEqual([hers, his]);
    await redeliverForTests(tweets.database, 'tweets.copies');
    expect(await popular(null)).toEqual([hers, his]);
    const { rows } = await tweets.database.pool.query(
      'SELECT followers FROM tweets.follower_counts WHERE user_id = $1',
      [star],
    );
    expect(rows).toEqual([{ followers: crowd.length }]);
    for (const person of crowd) await tweets.unfollow(person, star);
    expect(await popular(null)).toEqual([his, hers]);
  });

  test('never what is deleted, of who is blocked, muted or protected, nor what says a muted word, at the next read', async () => {
    const [spoiler, plain] = [await post(5, 0, { text: 'A spoiler' }), await post(4)];
    await tweets.muteKeyword(viewer, 'spoiler');
    expect(await popular(viewer)).toEqual([plain]);
    await tweets.unmuteKeyword(viewer);
    await tweets.mute(viewer, author);
    expect(await popular(viewer)).toEqual([]);
    await tweets.unmute(viewer, author);
    await tweets.mute(viewer, author, { onlyRetweets: true });
    expect(await popular(viewer)).toEqual([spoiler, plain]);
    await tweets.block(author, viewer);
    expect(await popular(viewer)).toEqual([]);
    await tweets.unblock(author, viewer);
    await tweets.protect(author);
    expect(await popular(viewer)).toEqual([]);
    expect(await popular(null)).toEqual([]);
    await tweets.follow(viewer, author);
    expect(await popular(viewer)).toEqual([spoiler, plain]);
    await tweets.mutate(author, 'deleteTweet', { tweetId: spoiler });
    for (const asker of [viewer, author]) expect(await popular(asker)).toEqual([plain]);
  });

  test('pages go through the list once, full until its end, also past what is hidden', async () => {
    const hidden = await tweets.register();
    for (let turn = 0; turn < 24; turn += 1) await post(1 + (turn % 5), turn * 1_000, turn % 2 ? { by: hidden } : {});
    await tweets.block(viewer, hidden);
    const whole = (await page(viewer)).edges.map(({ node }) => node.id);
    expect(whole.filter((id) => own.includes(id))).toHaveLength(12);
    const read: string[] = [];
    for (let next: Page | undefined = await page(viewer, { first: 5 }); next; ) {
      read.push(...next.edges.map(({ node }) => node.id));
      const { hasNextPage, endCursor }: Page['pageInfo'] = next.pageInfo;
      if (hasNextPage) expect(next.edges).toHaveLength(5);
      next = hasNextPage && endCursor ? await page(viewer, { first: 5, after: endCursor }) : undefined;
    }
    expect(read).toEqual(whole);
  });

  test('what is popular of the day is told, best first, and told again once it is another', async () => {
    const { database, eventLog } = tweets;
    const told = async () => {
      const { rows } = await database.pool.query(
        "SELECT payload->'tweetIds' AS ids FROM platform.outbox WHERE topic = 'tweets.popular' ORDER BY position",
      );
      return rows.map(({ ids }) => ids.filter((id: string) => own.includes(id)) as string[]);
    };
    const ranking = popularRanking({ database, eventLog });
    const [few, many] = [await post(3), await post(5)];
    await post(20, 2 * 24 * 60 * MINUTES);
    await eventLog.processAll();
    await ranking.run();
    const first = await told();
    expect(first.at(-1)).toEqual([many, few]);
    // Another process that looks at the same moment has nothing to tell.
    await popularRanking({ database, eventLog }).run();
    expect(await told()).toHaveLength(first.length);
    const [extra] = crowd.slice(-1) as [string];
    for (const person of [...crowd.slice(3, 9), extra]) await tweets.mutate(person, 'likeTweet', { tweetId: few });
    await eventLog.processAll();
    await ranking.run();
    expect((await told()).slice(first.length)).toEqual([[few, many]]);
  });

  test('a cursor is of one window', async () => {
    await post(1);
    const cursor = (await page(null, { window: 'HOUR', first: 1 })).edges[0]?.cursor;
    for (const after of [cursor, 'x', '']) {
      const { errors } = await tweets.ask(null, DOCUMENT, { window: 'DAY', after });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'after' } }]);
    }
  });
});
