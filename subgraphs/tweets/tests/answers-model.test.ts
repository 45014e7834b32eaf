import type { SubgraphRunner } from '@starling/platform/subgraph-server';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTweets, type TestTweets } from './support/tweets.ts';

/** `ANSWERS_MODEL_RUNS=200 npx vitest run subgraphs/tweets/tests/answers-model` looks further. */
const RUNS = Number(process.env.ANSWERS_MODEL_RUNS ?? 6);
const PEOPLE = 3;
/** So few that lists go on below what is remembered. */
const REMEMBERED = 3;

const person = fc.nat(PEOPLE - 1);
const pick = fc.nat(1_000);
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('answer' as const), by: person, pick }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constantFrom('likeTweet' as const, 'unlikeTweet' as const, 'retweet' as const, 'undoRetweet' as const),
      by: person,
      pick,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), pick }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('block' as const, 'unblock' as const), by: person, of: person }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('words' as const, 'no words' as const), by: person }) },
  {
    weight: 14,
    arbitrary: fc.record({
      do: fc.constant('read' as const),
      by: fc.option(person, { freq: 4 }),
      pick,
      elsewhere: fc.boolean(),
      size: fc.integer({ min: 1, max: 4 }),
      backward: fc.boolean(),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

interface Page {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const DOCUMENT = `query ($id: ID!, $first: Int, $last: Int, $after: String, $before: String) { tweet(id: $id) {
  replies(first: $first, last: $last, after: $after, before: $before) {
    nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;

describe('answers of people who do random things, read at two processes', () => {
  let tweets: TestTweets;
  let here: SubgraphRunner;
  let there: SubgraphRunner;
  beforeAll(async () => {
    tweets = await startTweets({ rememberedAnswers: REMEMBERED });
    here = tweets.runner;
    there = (await tweets.startAnother()).runner;
  });
  afterAll(() => tweets.stop());

  /** From the rows that people's acts have written, in the order that is promised. */
  async function expected(id: string, hidden: readonly string[]): Promise<string[]> {
    const { rows } = await tweets.database.pool.query<{ id: string }>(
      `SELECT answer.id FROM tweets.tweets AS answer JOIN tweets.tweets AS focus ON focus.id = answer.reply_to_tweet_id
       CROSS JOIN LATERAL (SELECT
         (SELECT count(*) FROM tweets.likes WHERE tweet_id = answer.id) +
         (SELECT count(*) FROM tweets.retweets WHERE tweet_id = answer.id) +
         (SELECT count(*) FROM tweets.tweets WHERE reply_to_tweet_id = answer.id AND deleted_at IS NULL) AS engagement) AS counted
       WHERE focus.id = $1 AND answer.deleted_at IS NULL AND answer.author_id <> ALL($2::bigint[])
       ORDER BY answer.author_id = focus.author_id DESC, engagement DESC, answer.id DESC`,
      [id, hidden],
    );
    return rows.map((row) => row.id);
  }

  /** Every answer, page by page, from the beginning or from the end. */
  async function readAll(by: string | null, id: string, { elsewhere, size, backward }: Step & { do: 'read' }) {
    const viewer = by === null ? null : { userId: by, sessionId: '1', role: 'USER' as const };
    const all: string[] = [];
    let cursor: string | null = null;
    do {
      const page = backward ? { last: size, before: cursor } : { first: size, after: cursor };
      const request = { query: DOCUMENT, variables: { id, ...page } };
      const { data, errors } = await (elsewhere ? there : here).execute(request, { viewer, requestId: 'test' });
      expect(errors).toBeUndefined();
      const tweet = data?.tweet as { replies: Page } | null;
      if (!tweet) return null;
      const { nodes, pageInfo } = tweet.replies;
      const ids = nodes.map((node) => node.id);
      if (backward) all.unshift(...ids);
      else all.push(...ids);
      const goesOn = backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage;
      if (goesOn) expect(ids).toHaveLength(size);
      cursor = goesOn ? (backward ? pageInfo.startCursor : pageInfo.endCursor) : null;
    } while (cursor !== null);
    return all;
  }

  async function live(steps: readonly Step[]): Promise<void> {
    const people = await Promise.all(Array.from({ length: PEOPLE }, () => tweets.register()));
    const all: { readonly id: string; readonly by: string }[] = [];
    const post = async (by: string, replyToTweetId?: string) => {
      const input = { text: 'Something', ...(replyToTweetId && { replyToTweetId }) };
      const { tweet } = await tweets.mutate(by, 'postTweet', input);
      if (tweet) all.push({ id: tweet.id, by });
    };
    const blocks = new Set<string>();
    for (const [at, by] of [...people, ...people].entries()) await post(by, at === 0 ? undefined : all[0]?.id);
    for (const step of steps) {
      const by = 'by' in step && step.by !== null ? (people[step.by] as string) : null;
      // The first one is answered and read most.
      const among = step.do === 'read' ? 2 : 6;
      const tweet = 'pick' in step ? (all[step.pick % among] as (typeof all)[number]) : undefined;
      switch (step.do) {
        case 'answer':
          await post(by as string, tweet?.id);
          break;
        case 'delete':
          if (tweet && tweet !== all[0]) await tweets.mutate(tweet.by, 'deleteTweet', { tweetId: tweet.id });
          break;
        case 'block':
        case 'unblock': {
          const of = people[step.of] as string;
          if (of === by) break;
          await tweets[step.do](by as string, of);
          if (step.do === 'block') blocks.add(`${by}>${of}`);
          else blocks.delete(`${by}>${of}`);
          break;
        }
        // Nobody says it: what changes is how the list is read.
        case 'words':
          await tweets.muteKeyword(by as string, 'unspeakable');
          break;
        case 'no words':
          await tweets.unmuteKeyword(by as string);
          break;
        case 'read': {
          const found = await readAll(by, tweet?.id as string, step);
          const hidden = people.filter((other) => blocks.has(`${by}>${other}`) || blocks.has(`${other}>${by}`));
          if (found) expect(found, JSON.stringify(step)).toEqual(await expected(tweet?.id as string, hidden));
          break;
        }
        default:
          await tweets.mutate(by as string, step.do, { tweetId: tweet?.id as string });
      }
    }
  }

  it('stand in the order of what people have done', () =>
    fc.assert(fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 80 }), live), { numRuns: RUNS }));
});
