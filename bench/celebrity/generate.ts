import type { Database } from '@starling/platform/postgres';
import { makeSnowflake } from '@starling/platform/snowflake';
import type { Options } from './options.ts';

/** Ordinary people are numbered from here on: the readers first. */
const FIRST_PERSON = 1_000_000_000_000_000_000n;
const FIRST_AUTHOR = 900_000_000_000_000_000n;

const ORDINARY_AUTHORS = 1_000;
/** Ordinary authors whom each reader follows, and entries of each. */
const FOLLOWED = 60;
const ENTRIES = 20;

export interface Community {
  readonly readers: readonly string[];
  /** Who posts in busy stretches: one of the largest, some ten and some two hundred times smaller. */
  readonly famous: readonly string[];
}

/** Fills the timeline's tables: everybody follows the most famous; each of the others has the first people of all. */
export async function generateCommunity(database: Database, { followers, readers }: Options): Promise<Community> {
  const run = (sql: string, values: unknown[] = []) => database.pool.query(sql, values);
  const author = (index: number) => String(FIRST_AUTHOR + BigInt(index));
  const sizes = [followers, ...Array<number>(3).fill(followers / 20), ...Array<number>(6).fill(followers / 200)];
  // Indexes are made after the rows, as a bulk load would.
  await run('DROP INDEX timeline.follows_followers');
  for (const [index, size] of sizes.entries()) {
    await run(
      `INSERT INTO timeline.follows SELECT $1::bigint + person, $2::bigint FROM generate_series(0, $3::bigint - 1) person`,
      [FIRST_PERSON, author(index), Math.ceil(size)],
    );
    console.log(`${author(index)} has ${Math.ceil(size)} followers`);
  }
  await run(
    `INSERT INTO timeline.follows SELECT $1::bigint + reader, $2::bigint + 1000 + (reader * 7 + friend * 13) % $5::bigint
     FROM generate_series(0, $3::bigint - 1) reader, generate_series(0, $4::bigint - 1) friend ON CONFLICT DO NOTHING`,
    [FIRST_PERSON, FIRST_AUTHOR, readers, FOLLOWED, ORDINARY_AUTHORS],
  );
  await run('CREATE INDEX follows_followers ON timeline.follows (followee_id, follower_id)');
  await run(
    'INSERT INTO timeline.follower_counts SELECT followee_id, count(*) FROM timeline.follows GROUP BY followee_id',
  );
  // Whatever limit a process starts with is another one: it switches whoever lies above.
  await run('UPDATE timeline.push_limit SET followers = $1::bigint', [2 ** 40]);
  const ids: string[] = [];
  const authors: string[] = [];
  const began = Date.now() - 24 * 60 * 60_000;
  for (let entry = 0; entry < ENTRIES; entry++) {
    for (let index = 0; index < ORDINARY_AUTHORS + sizes.length; index++) {
      ids.push(makeSnowflake({ ms: began + entry * 60_000, kind: 'tweet', writer: index >> 8, sequence: index & 255 }));
      authors.push(author(index < sizes.length ? index : 1_000 + index - sizes.length));
    }
  }
  await run(
    `INSERT INTO timeline.entries (id, kind, actor_id, tweet_id, author_id)
     SELECT id, 'tweet', author, id, author FROM unnest($1::bigint[], $2::bigint[]) posted (id, author)`,
    [ids, authors],
  );
  await run('VACUUM ANALYZE');
  await run('CHECKPOINT');
  return {
    readers: Array.from({ length: readers }, (_, index) => String(FIRST_PERSON + BigInt(index))),
    famous: sizes.map((_, index) => author(index)),
  };
}
