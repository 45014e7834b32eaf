import type { SubgraphRunner } from '@starling/platform/subgraph-server';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Payload, startTweets, type TestTweets } from './support/tweets.ts';

/** `DELETE_RACES_RUNS=200 npx vitest run subgraphs/tweets/tests/delete-races` looks further. */
const RUNS = Number(process.env.DELETE_RACES_RUNS ?? 10);

let tweets: TestTweets;
let runners: SubgraphRunner[];
let others: string[];
beforeAll(async () => {
  tweets = await startTweets();
  runners = [tweets.runner, (await tweets.startAnother()).runner];
  others = await Promise.all([1, 2, 3].map((number) => tweets.register(`racer${number}`)));
});
afterAll(() => tweets.stop());

const ACTS = ['likeTweet', 'unlikeTweet', 'retweet', 'undoRetweet', 'bookmarkTweet', 'removeBookmark'] as const;
const act = fc.record({
  name: fc.constantFrom(...ACTS, 'answer' as const, 'quote' as const, 'pinTweet' as const),
  by: fc.nat(2),
  process: fc.nat(1),
});
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

const inputOf = (name: Act['name'], tweetId: string) => {
  if (name === 'answer') return { text: 'To you', replyToTweetId: tweetId };
  return name === 'quote' ? { text: 'Look', quotedTweetId: tweetId } : { tweetId };
};

async function send(process: number, userId: string, name: string, input: object): Promise<Payload> {
  const { data, errors } = await (runners[process] as SubgraphRunner).execute(
    { query: tweets.mutation(name), variables: { input } },
    { viewer: { userId, sessionId: '1', role: 'USER' }, requestId: 'test' },
  );
  expect(errors).toBeUndefined();
  return data?.payload as Payload;
}

test('TW-4: whatever two processes do with a tweet while it is deleted, nothing of it comes after the deletion', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 6, maxLength: 24 }),
      fc.nat(24),
      fc.nat(1),
      async (acts, place, process) => {
        const author = await tweets.register();
        const id = await tweets.post(author);
        await tweets.mutate(author, 'pinTweet', { tweetId: id });
        const attempts = acts.map(({ name, by, process: at }) => () => {
          const userId = name === 'pinTweet' ? author : (others[by] as string);
          return send(at, userId, name === 'answer' || name === 'quote' ? 'postTweet' : name, inputOf(name, id));
        });
        attempts.splice(place, 0, () => send(process, author, 'deleteTweet', { tweetId: id }));
        const payloads = await Promise.all(attempts.map((attempt) => attempt()));
        const codes = payloads.flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
        expect(codes.filter((code) => code !== 'NOT_FOUND')).toEqual([]);

        await tweets.eventLog.processAll();
        const events = (await tweets.events()).filter(({ payload }) =>
          [payload.tweetId, payload.replyToTweetId, payload.quotedTweetId].includes(id),
        );
        const deletion = events.findIndex(({ name }) => name === 'tweet.deleted.v1');
        expect(events.slice(deletion + 1).map(({ name }) => name)).toEqual(['tweet.unpinned.v1']);
        for (const table of ['likes', 'retweets', 'bookmarks', 'pins']) {
          const { rows } = await tweets.database.pool.query(`SELECT FROM tweets.${table} WHERE tweet_id = $1`, [id]);
          expect(rows, table).toEqual([]);
        }
      },
    ),
    { numRuns: RUNS },
  ));
