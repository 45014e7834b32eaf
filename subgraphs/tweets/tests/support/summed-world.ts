import { createHotMemory } from '@starling/platform/cache';
import { createPostgresEventLog } from '@starling/platform/event-log';
import { type Database, openDatabase, type Queryable, statement } from '@starling/platform/postgres';
import { tweetCounts } from '../../src/consumers/tweet-counts.ts';
import { createCountReader } from '../../src/count-reader.ts';
import type { AddedBeyond, TweetCounts } from '../../src/count-store.ts';
import { liked, unliked } from '../../src/events.ts';
import type { CountSums } from '../../src/sums/count-sums.ts';
import { createFolder } from '../../src/sums/folder.ts';
import { newId } from './tweets.ts';

const AUTHOR = '1000';

const addTweet = statement(
  'tests.addTweet',
  `INSERT INTO tweets.tweets (id, author_id, conversation_id, text, entities, words)
   VALUES ($1, ${AUTHOR}, $1, 'Like me', '{"hashtags":[],"cashtags":[],"mentions":[],"urls":[]}', '')`,
);
const addLikes = statement(
  'tests.addLikes',
  'INSERT INTO tweets.likes (tweet_id, user_id) SELECT $1, unnest($2::bigint[]) RETURNING user_id AS "userId"',
);
const removeLike = statement('tests.removeLike', 'DELETE FROM tweets.likes WHERE tweet_id = $1 AND user_id = $2');
const countLikes = statement(
  'tests.countLikes',
  `SELECT asked.id AS "tweetId", (SELECT count(*) FROM tweets.likes WHERE tweet_id = asked.id)::int AS likes
   FROM unnest($1::bigint[]) AS asked (id)`,
);
const sendAgain = statement(
  'tests.sendAgain',
  `INSERT INTO platform.outbox (id, topic, name, key, payload)
   SELECT id, topic, name, key, payload FROM platform.outbox ORDER BY position DESC LIMIT $1`,
);

/** Several connections' likes, with their rows, events, and what counts them, on a migrated database. */
export async function summedWorld(url: string) {
  const database = openDatabase({ url, applicationName: 'sums test', maxConnections: 20 });
  const eventLog = createPostgresEventLog({ url });
  let userId = 0;

  return {
    url,
    database,
    eventLog,
    async post(): Promise<string> {
      const tweetId = newId('tweet');
      await database.query(addTweet, [tweetId]);
      return tweetId;
    },
    /** So many people like it at once; `meanwhile` is waited for before that is committed. */
    async like(tweetId: string, people = 1, meanwhile: () => Promise<void> = async () => {}, durable = true) {
      const userIds = Array.from({ length: people }, () => `${++userId}`);
      await database.transaction(
        async (transaction) => {
          await transaction.query(addLikes, [tweetId, userIds]);
          const events = userIds.map((each) => liked({ tweetId, authorId: AUTHOR, userId: each }));
          await eventLog.append(transaction, events);
          await meanwhile();
        },
        { durable },
      );
      return userIds;
    },
    async unlike(tweetId: string, who: string): Promise<void> {
      await database.transaction(async (transaction) => {
        await transaction.query(removeLike, [tweetId, who]);
        await eventLog.append(transaction, [unliked({ tweetId, authorId: AUTHOR, userId: who })]);
      });
    },
    /** Puts the last so many events into the log again, under their ids. */
    async sendAgain(events: number): Promise<void> {
      await database.query(sendAgain, [events]);
    },
    /** Writes the rows, however much there is, and stops. */
    async write(): Promise<void> {
      const consumer = await eventLog.consume({ ...tweetCounts(database), paceMs: 3_600_000 });
      await consumer.caughtUp();
      await consumer.stop();
    },
    folder(sums: CountSums, caughtUp = async () => {}) {
      return createFolder({ database, sums, counts: { caughtUp } });
    },
    /** A reader who remembers nothing, and what the rows say that people made, as the statement sees it that answered last. */
    reader(sums: CountSums | undefined, counts = { caughtUp: async () => {} }) {
      const statements: string[] = [];
      let truth = new Map<string, number>();
      let summed = 0;
      let beforeStatement = async () => {};
      const watched: Database = {
        ...database,
        async query<Row extends object>(asked: { name: string; text: string }, values?: readonly unknown[]) {
          if (!asked.name.startsWith('tweets.getCountsByTweetIds')) return database.query<Row>(asked, values);
          statements.push(asked.name);
          await beforeStatement();
          return database.transaction(
            async (transaction) => {
              const rows = await transaction.query<Row>(asked, values);
              truth = await truthOf(transaction, values?.[0] as string[]);
              if (rows.some((row) => (row as Partial<AddedBeyond>).isSame)) summed += 1;
              return rows;
            },
            { isolation: 'REPEATABLE READ' },
          );
        },
      };
      const memory = createHotMemory();
      const { ofTweets } = createCountReader(watched, counts, memory, sums);
      return {
        statements,
        /** Statements that were answered for the state of the sums. */
        summed: () => summed,
        beforeStatement(work: typeof beforeStatement): void {
          beforeStatement = work;
        },
        async read(tweetIds: readonly string[]): Promise<{ found: Record<string, number>; truth: typeof found }> {
          memory.clear();
          const rows = await ofTweets.read(tweetIds);
          const found = Object.fromEntries(
            rows.flatMap((row: TweetCounts | null) => (row ? [[row.tweetId, row.likes]] : [])),
          );
          return { found, truth: Object.fromEntries(truth) };
        },
        async likesOf(tweetId: string): Promise<number | undefined> {
          memory.clear();
          const [row] = await ofTweets.read([tweetId]);
          return row?.likes;
        },
      };
    },
    truth: (tweetIds: readonly string[]) => truthOf(database, tweetIds),
    async stop(): Promise<void> {
      await eventLog.stop();
      await database.close();
    },
  };
}

async function truthOf(database: Queryable, tweetIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await database.query<{ tweetId: string; likes: number }>(countLikes, [tweetIds]);
  return new Map(rows.map(({ tweetId, likes }) => [tweetId, likes]));
}

export type SummedWorld = Awaited<ReturnType<typeof summedWorld>>;
