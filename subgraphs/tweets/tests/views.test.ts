import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createViewRecorder } from '../src/views.ts';
import { newId, startTweets, type TestTweets } from './support/tweets.ts';

let tweets: TestTweets;
let author: string;
let tweetId: string;
beforeAll(async () => {
  tweets = await startTweets();
});
afterAll(() => tweets.stop());
beforeEach(async () => {
  author = await tweets.register();
  tweetId = await tweets.post(author);
});

const views = async (id = tweetId) => (await tweets.tweet<{ viewCount: number }>(null, id, 'viewCount'))?.viewCount;
const record = (userId: string | null, tweetIds: readonly string[]) =>
  tweets.ask<{ payload: { userErrors: { code: string }[] } }>(userId, tweets.mutation('recordTweetViews', ''), {
    input: { tweetIds },
  });
/** Ends the subgraph, which writes what it has gathered, and starts it again. */
const written = () => tweets.restart();

describe('TW-7: views', () => {
  test('count accounts, each once a day, and not the author', async () => {
    expect(await views()).toBe(0);
    const [one, other] = [await tweets.register(), await tweets.register()];
    for (const viewer of [one, one, other, author]) {
      expect((await record(viewer, [tweetId, tweetId])).data?.payload.userErrors).toEqual([]);
    }
    await written();
    expect(await views()).toBe(2);
    await record(one, [tweetId]);
    await written();
    expect(await views()).toBe(2);
  });

  test('of what the viewer may not see, and of what there is not, nothing is counted or told', async () => {
    const viewer = await tweets.register();
    const second = await tweets.post(author);
    const gone = await tweets.post(author);
    await tweets.mutate(author, 'deleteTweet', { tweetId: gone });
    await tweets.block(author, viewer);
    const { data, errors } = await record(viewer, [tweetId, second, gone, newId('tweet'), newId()]);
    expect([data?.payload, errors]).toEqual([{ userErrors: [] }, []]);
    await written();
    expect([await views(), await views(second)]).toEqual([0, 0]);
  });

  test('of a tweet that was deleted before they were written leave nothing', async () => {
    await record(await tweets.register(), [tweetId]);
    await tweets.mutate(author, 'deleteTweet', { tweetId });
    await tweets.eventLog.processAll();
    await written();
    const { rows } = await tweets.database.pool.query('SELECT FROM tweets.tweet_views WHERE tweet_id = $1', [tweetId]);
    expect(rows).toEqual([]);
  });

  test('are told of 1,000 tweets in a minute: what is more is refused whole, with the time to try again, and to nobody else', async () => {
    const [viewer, other] = [await tweets.register(), await tweets.register()];
    const of = (count: number) => Array.from({ length: count }, () => newId('tweet'));
    for (let turn = 0; turn < 9; turn += 1) {
      expect((await record(viewer, of(100))).data?.payload.userErrors).toEqual([]);
    }
    expect((await record(viewer, of(99))).data?.payload.userErrors).toEqual([]);
    // Nothing of it is told, and so it does not count.
    const { data } = await tweets.ask<{ payload: { userErrors: { code: string; message: string }[] } }>(
      viewer,
      tweets.mutation('recordTweetViews', '').replace('code', 'code message'),
      { input: { tweetIds: [tweetId, ...of(1)] } },
    );
    expect(data?.payload.userErrors).toMatchObject([
      { code: 'LIMIT_REACHED', message: expect.stringMatching(/Try again after \d{4}-\d\d-\d\dT/) },
    ]);
    expect((await record(other, [tweetId])).data?.payload.userErrors).toEqual([]);
    expect((await record(viewer, [])).data?.payload.userErrors).toEqual([]);
    expect((await record(viewer, [])).data?.payload.userErrors).toMatchObject([{ code: 'LIMIT_REACHED' }]);
    await written();
    expect(await views()).toBe(1);
  });

  test('are told by who is logged in, of 100 tweets at once, by ids', async () => {
    expect((await record(null, [tweetId])).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const viewer = await tweets.register();
    const many = Array.from({ length: 101 }, () => newId('tweet'));
    expect((await record(viewer, many)).data?.payload.userErrors).toEqual([
      { code: 'LIMIT_REACHED', field: ['input', 'tweetIds'] },
    ]);
    const wrong = await record(viewer, ['x']);
    expect(wrong.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'input.tweetIds' });
    expect((await record(viewer, [])).data?.payload.userErrors).toEqual([]);
  });

  test('of several days add up, also when another process tells of the day before', async () => {
    let day = new Date('2026-03-01T23:59:59Z');
    const recorder = createViewRecorder(tweets.database, { now: () => day });
    recorder.record('1', [tweetId]);
    recorder.record('2', [tweetId]);
    day = new Date('2026-03-02T00:00:01Z');
    recorder.record('1', [tweetId]);
    await recorder.stop();
    expect(await views()).toBe(3);
    const late = createViewRecorder(tweets.database, { now: () => new Date('2026-03-01T23:59:59Z') });
    late.record('3', [tweetId]);
    await late.stop();
    expect(await views()).toBe(4);
  });

  test('of many at once, by several processes, are within the error, and cost a few statements', async () => {
    const recorders = [1, 2, 3].map(() => createViewRecorder(tweets.database));
    const statements = await tweets.statementsOf(async () => {
      for (let person = 0; person < 30_000; person += 1)
        recorders[person % 3]?.record(String(person % 10_000), [tweetId]);
      await Promise.all(recorders.map((recorder) => recorder.stop()));
    });
    expect(statements.filter((name) => name.endsWith('iews') || name.endsWith('ViewRows')).length).toBeLessThanOrEqual(
      9,
    );
    expect(Math.abs(((await views()) ?? 0) - 10_000)).toBeLessThanOrEqual(10_000 * 3 * 0.023);
  });

  test('leave no trace of who looked, and go with the tweet', async () => {
    const viewer = await tweets.register();
    await record(viewer, [tweetId]);
    await written();
    const rows = async () =>
      (await tweets.database.pool.query('SELECT * FROM tweets.tweet_views WHERE tweet_id = $1', [tweetId])).rows;
    const [row] = await rows();
    expect(Object.keys(row).sort()).toEqual(['day', 'earlier', 'sketch', 'today', 'tweet_id']);
    expect(row.sketch).toHaveLength(3);
    await tweets.mutate(author, 'deleteTweet', { tweetId });
    await tweets.eventLog.processAll();
    expect(await rows()).toEqual([]);
  });
});
