import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { goOnWithRebuild, needsRebuild } from '../src/count-rebuild.ts';
import { isPopularToMove } from '../src/count-store.ts';
import { createCountWatch } from '../src/count-watch.ts';
import { addLikesInBulk } from '../src/index.ts';
import { newId, type TestTweets } from './support/tweets.ts';

/** What holds for counts, whatever keeps those of the last moment. */
export function countingContract(start: () => Promise<TestTweets>): void {
  let tweets: TestTweets;
  let author: string;
  let tweetId: string;
  beforeAll(async () => {
    tweets = await start();
  });
  afterAll(() => tweets?.stop());
  beforeEach(async () => {
    author = await tweets.register();
    tweetId = await tweets.post(author);
  });

  const ALL = 'likeCount retweetCount replyCount quoteCount bookmarkCount';
  const like = (userId: string, id = tweetId, selection?: string) =>
    tweets.mutate<{ tweet: { likeCount: number } }>(userId, 'likeTweet', { tweetId: id }, selection);
  const people = (count: number) => Array.from({ length: count }, () => newId());

  async function likeInBulk(users: readonly string[], id = tweetId): Promise<void> {
    await tweets.database.transaction((transaction) =>
      addLikesInBulk(
        transaction,
        tweets.eventLog,
        users.map((userId) => ({ tweetId: id, authorId: author, userId })),
      ),
    );
  }

  /** While `work` runs, nobody can add to counts. */
  async function whileCountingStands<Result>(work: () => Promise<Result>): Promise<Result> {
    await tweets.eventLog.processAll();
    const client = await tweets.database.pool.connect();
    try {
      await client.query('BEGIN; SELECT FROM tweets.counting FOR UPDATE');
      return await work();
    } finally {
      await client.query('COMMIT');
      client.release();
    }
  }

  async function written(id = tweetId): Promise<Record<string, unknown> | undefined> {
    const { rows } = await tweets.database.pool.query(
      'SELECT likes, retweets, replies, quotes, bookmarks FROM tweets.tweet_counts WHERE tweet_id = $1',
      [id],
    );
    return rows[0];
  }

  const watch = () => {
    const counts = { caughtUp: () => tweets.eventLog.processAll() };
    const parts = { database: tweets.database, eventLog: tweets.eventLog, counts };
    return { parts, counts, watch: createCountWatch(parts) };
  };

  describe('TW-7: a count is of this moment', () => {
    test('also while nothing is counted: each sees at once what they did themselves, and everybody what others did', async () => {
      const [first, second] = [await tweets.register(), await tweets.register()];
      await whileCountingStands(async () => {
        expect((await like(first, tweetId, 'tweet { id likeCount }')).tweet.likeCount).toBe(1);
        expect((await like(second, tweetId, 'tweet { id likeCount }')).tweet.likeCount).toBe(2);
        await tweets.mutate(first, 'retweet', { tweetId });
        await tweets.mutate(first, 'bookmarkTweet', { tweetId });
        await tweets.post(second, { replyToTweetId: tweetId });
        const quote = await tweets.post(second, { quotedTweetId: tweetId });
        const whole = { likeCount: 2, retweetCount: 1, replyCount: 1, quoteCount: 1, bookmarkCount: 1 };
        expect(await tweets.tweet(null, tweetId, ALL)).toEqual(whole);
        await tweets.mutate(first, 'unlikeTweet', { tweetId });
        await tweets.mutate(second, 'deleteTweet', { tweetId: quote });
        expect(await tweets.tweet(author, tweetId, ALL)).toEqual({ ...whole, likeCount: 1, quoteCount: 0 });
        const [user] = await tweets.entities(null, 'User', [{ id: second }], 'tweetCount');
        expect(user).toEqual({ tweetCount: 1 });
        expect(await written()).toBeUndefined();
      });
      await tweets.eventLog.processAll();
      expect(await written()).toEqual({ likes: 1, retweets: 1, replies: 1, quotes: 0, bookmarks: 1 });
      expect(await tweets.tweet(null, tweetId, 'likeCount')).toEqual({ likeCount: 1 });
    });

    test('whichever part of the events is counted when it is read', async () => {
      const crowd = people(300);
      let expected = 0;
      const seen: [number, number, number][] = [];
      const liking = (async () => {
        for (const userId of crowd) {
          await like(userId);
          expected += 1;
        }
      })();
      let done = false;
      const counting = (async () => {
        while (!done) await tweets.eventLog.processAll();
      })();
      const reading = (async () => {
        while (!done) {
          const before = expected;
          const found = await tweets.tweet<{ likeCount: number }>(null, tweetId, 'likeCount');
          // One may be committed and not yet acknowledged.
          seen.push([before, found?.likeCount ?? -1, expected + 1]);
        }
      })();
      await liking;
      done = true;
      await Promise.all([counting, reading]);
      expect(seen.length).toBeGreaterThan(10);
      expect(seen.filter(([least, found, most]) => found < least || found > most)).toEqual([]);
    });

    test('when more has happened than a read adds up, it is counted first', async () => {
      await likeInBulk(people(4_500));
      expect(await tweets.tweet(null, tweetId, 'likeCount')).toEqual({ likeCount: 4_500 });
    });

    test('and an answer stands where its likes put it at once', async () => {
      const [low, high] = [
        await tweets.post(author, { replyToTweetId: tweetId }),
        await tweets.post(author, { replyToTweetId: tweetId }),
      ];
      const answers = async () => {
        const found = await tweets.tweet<{ replies: { nodes: { id: string }[] } }>(
          null,
          tweetId,
          'replies { nodes { id } }',
        );
        return found?.replies.nodes.map(({ id }) => id);
      };
      expect(await answers()).toEqual([high, low]);
      await like(author, low);
      expect(await answers()).toEqual([low, high]);
    });

    test('and what is popular waits for likes, other than a tenth more of what a thousand like', async () => {
      const isToMove = () => isPopularToMove(tweets.database, 1_000);
      await likeInBulk(people(990));
      await whileCountingStands(async () => {
        expect(await isToMove()).toBe(false);
        await likeInBulk(people(1));
        expect(await isToMove()).toBe(true);
      });
      await likeInBulk(people(9));
      await whileCountingStands(async () => {
        await likeInBulk(people(100));
        expect(await isToMove()).toBe(false);
        await likeInBulk(people(1));
        expect(await isToMove()).toBe(true);
      });
    });

    test('five hundred likes write the row of the count a few times, not five hundred', async () => {
      await tweets.eventLog.processAll();
      const writes: string[] = [];
      const stop = tweets.database.onStatement((name) => {
        if (name === 'tweets.addToTweetCounts') writes.push(name);
      });
      const began = performance.now();
      const crowd = people(500);
      await Promise.all(crowd.map((userId) => like(userId, tweetId, 'tweet { id likeCount }')));
      stop();
      // One at the beginning, then one in 100 ms.
      expect(writes.length).toBeLessThanOrEqual(2 + (performance.now() - began) / 100);
      expect(await tweets.tweet(null, tweetId, 'likeCount')).toEqual({ likeCount: crowd.length });
    });
  });

  describe('TW-5: those who like at the same moment', () => {
    test('share statements, and are judged each for themselves', async () => {
      const [blocked, blocking, able] = [await tweets.register(), await tweets.register(), await tweets.register()];
      await tweets.block(author, blocked);
      await tweets.block(blocking, author);
      const gone = await tweets.post(author);
      await tweets.mutate(author, 'deleteTweet', { tweetId: gone });
      const other = await tweets.post(author);
      const crowd = await Promise.all(people(20).map((userId) => tweets.register(`at-once-${userId}`)));
      const acts = [
        [blocked, tweetId, ['NOT_FOUND']],
        [blocking, tweetId, ['BLOCKED']],
        [able, gone, ['NOT_FOUND']],
        [able, newId('tweet'), ['NOT_FOUND']],
        [able, tweetId, []],
        [able, tweetId, []],
        [author, tweetId, []],
        [able, other, []],
        ...crowd.map((userId) => [userId, tweetId, []] as const),
      ] as const;
      const codes: string[][] = [];
      const statements = await tweets.statementsOf(async () => {
        const payloads = await Promise.all(
          acts.map(([userId, id]) => tweets.mutate(userId, 'likeTweet', { tweetId: id })),
        );
        codes.push(...payloads.map(({ userErrors }) => userErrors.map(({ code }) => code)));
      });
      expect(codes).toEqual(acts.map(([, , expected]) => expected));
      expect(statements.filter((name) => name === 'tweets.like').length).toBeLessThan(10);
      expect(await tweets.tweet(author, tweetId, 'likeCount')).toEqual({ likeCount: 2 + crowd.length });
      expect(await tweets.tweet(author, other, 'likeCount')).toEqual({ likeCount: 1 });
      const told = (await tweets.events()).filter(({ name, key }) => name === 'tweet.liked.v1' && key === tweetId);
      expect(new Set(told.map(({ payload }) => payload.userId))).toEqual(new Set([able, author, ...crowd]));
      expect(told).toHaveLength(2 + crowd.length);
    });
  });

  describe('TW-7: counts are compared with what they count', () => {
    test('what is right is not found, whatever is still to be counted', async () => {
      const { watch: watching } = watch();
      await likeInBulk(people(20));
      await whileCountingStands(async () => {
        await likeInBulk(people(30));
        await tweets.post(author, { replyToTweetId: tweetId });
        expect(await watching.compare([tweetId])).toEqual([]);
        expect(await watching.compare()).toEqual([]);
      });
      await tweets.eventLog.processAll();
      expect(await watching.compare()).toEqual([]);
    });

    test('what is wrong is found, told and put right; a place among answers, too', async () => {
      const { watch: watching } = watch();
      const registry = new Registry();
      watching.measure(registry);
      const answer = await tweets.post(author, { replyToTweetId: tweetId });
      await likeInBulk(people(5));
      await tweets.eventLog.processAll();
      await tweets.database.pool.query('UPDATE tweets.tweet_counts SET likes = likes + 3 WHERE tweet_id = $1', [
        tweetId,
      ]);
      await tweets.database.pool.query('DELETE FROM tweets.tweet_counts WHERE tweet_id = $1', [answer]);
      await likeInBulk(people(2));
      // Whoever has read it remembers it until told, whichever process puts it right.
      expect(await tweets.tweet(null, tweetId, 'likeCount')).toEqual({ likeCount: 10 });
      expect((await watching.compare([tweetId, answer])).sort()).toEqual([tweetId, answer].sort());
      expect(await watching.compare([tweetId, answer])).toEqual([]);
      expect(await tweets.tweet(null, tweetId, 'likeCount replies { nodes { id } }')).toEqual({
        likeCount: 7,
        replies: { nodes: [{ id: answer }] },
      });
      await tweets.eventLog.processAll();
      expect(await written()).toMatchObject({ likes: 7, replies: 1 });
      const metrics = await registry.metrics();
      expect(metrics).toMatch(/^starling_tweet_count_findings 2$/m);
      expect(metrics).toMatch(/^starling_tweet_counts_compared [1-9]\d*$/m);
    });
  });

  describe('TW-7: lost counts are made anew while everybody goes on', () => {
    const counted = async () => {
      const { rows } = await tweets.database.pool.query(
        `SELECT tweet_id, likes, retweets, replies, quotes, bookmarks, answered_tweet_id, by_answered_author
       FROM tweets.tweet_counts JOIN tweets.tweets ON id = tweet_id
       WHERE deleted_at IS NULL AND (engagement + quotes + bookmarks > 0 OR answered_tweet_id IS NOT NULL) ORDER BY 1`,
      );
      return rows;
    };
    const authored = async () => {
      const { rows } = await tweets.database.pool.query(
        'SELECT user_id, tweets FROM tweets.author_counts WHERE tweets > 0 ORDER BY 1',
      );
      return rows;
    };
    const lose = () => tweets.database.pool.query('TRUNCATE tweets.tweet_counts, tweets.author_counts');

    beforeEach(async () => {
      const fan = await tweets.register();
      await tweets.importTweets(people(700).map((id) => ({ id: newId('tweet'), authorId: id })));
      const answer = await tweets.post(fan, { replyToTweetId: tweetId });
      await tweets.post(author, { quotedTweetId: answer });
      await tweets.mutate(fan, 'retweet', { tweetId: answer });
      await tweets.mutate(fan, 'bookmarkTweet', { tweetId });
      await likeInBulk(people(50));
      await tweets.mutate(author, 'deleteTweet', { tweetId: await tweets.post(author, { replyToTweetId: answer }) });
      await tweets.eventLog.processAll();
    });

    test('exactly what they were, and told step by step', async () => {
      const { watch: watching, counts, parts } = watch();
      const before = [await counted(), await authored()];
      await watching.makeAnew();
      expect([await counted(), await authored()], 'nothing was lost, nothing is done').toEqual(before);
      await lose();
      expect(await needsRebuild(parts)).toBe(true);
      const steps: number[] = [];
      await goOnWithRebuild(tweets.database, counts, { onProgress: ({ tweets: made }) => steps.push(made) });
      expect(steps.length).toBeGreaterThan(2);
      expect([await counted(), await authored()]).toEqual(before);
      expect(await needsRebuild(parts)).toBe(false);
    });

    test('what is read meanwhile is made first: no read sees what is lost', async () => {
      const { watch: watching, parts } = watch();
      await lose();
      await needsRebuild(parts);
      // Nobody goes on with it, and what happens now is counted into rows that lack what was lost.
      const fan = await tweets.register();
      expect((await like(fan, tweetId, 'tweet { id likeCount }')).tweet.likeCount).toBe(51);
      await tweets.eventLog.processAll();
      const found = await tweets.tweet<{ replies: { nodes: { id: string }[] } }>(
        fan,
        tweetId,
        `${ALL} replies { nodes { id likeCount retweetCount quoteCount replyCount } } author { tweetCount }`,
      );
      expect(found).toEqual({
        likeCount: 51,
        retweetCount: 0,
        replyCount: 1,
        quoteCount: 0,
        bookmarkCount: 1,
        replies: { nodes: [{ id: expect.any(String), likeCount: 0, retweetCount: 1, quoteCount: 1, replyCount: 0 }] },
        author: { tweetCount: 2 },
      });
      await watching.makeAnew();
      expect(await watching.compare([tweetId])).toEqual([]);
    });

    test('also while people like, unlike, answer and delete, and whoever makes them stops in the middle', async () => {
      const { watch: watching, counts, parts } = watch();
      const targets = await Promise.all([author, author, author].map((userId) => tweets.post(userId)));
      await tweets.eventLog.processAll();
      await lose();
      let done = false;
      const busy = (async () => {
        for (let round = 0; !done; round += 1) {
          const fan = newId();
          const target = targets[round % targets.length] as string;
          await like(fan, target);
          if (round % 3 === 0) await tweets.mutate(fan, 'unlikeTweet', { tweetId: target });
          if (round % 4 === 0) await tweets.post(fan, { replyToTweetId: target });
          if (round % 5 === 0) {
            await tweets.mutate(fan, 'deleteTweet', { tweetId: await tweets.post(fan, { quotedTweetId: target }) });
          }
        }
      })();
      expect(await needsRebuild(parts)).toBe(true);
      const halt = new AbortController();
      await goOnWithRebuild(tweets.database, counts, { signal: halt.signal, onProgress: () => halt.abort() });
      expect(await needsRebuild(parts), 'the rest is still to be made').toBe(true);
      await Promise.all([watching.makeAnew(), watching.makeAnew()]);
      done = true;
      await busy;
      expect(await needsRebuild(parts)).toBe(false);
      const { rows } = await tweets.database.pool.query<{ id: string }>('SELECT id FROM tweets.tweets');
      expect(await watching.compare(rows.map(({ id }) => id))).toEqual([]);
      await tweets.eventLog.processAll();
      const { rows: wrong } = await tweets.database.pool.query(
        `SELECT author_id, count(*)::int AS truth, max(counts.tweets) AS counted FROM tweets.tweets
       LEFT JOIN tweets.author_counts AS counts ON counts.user_id = author_id
       WHERE deleted_at IS NULL GROUP BY 1 HAVING count(*) IS DISTINCT FROM max(counts.tweets)`,
      );
      expect(wrong).toEqual([]);
    });
  });
}
