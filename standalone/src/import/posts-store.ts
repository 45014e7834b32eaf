import { type Queryable, statement } from '@starling/platform/postgres';
import { ImportError } from './import-error.ts';
import { LARGEST_SLOT } from './mapping.ts';

/** A file of posts as the import knows it: its slot is in the ids of its tweets, the shift is added to its times. */
export interface Source {
  readonly name: string;
  readonly slot: number;
  readonly shiftMs: number;
}

const getSourceStatement = statement(
  'import.getSource',
  'SELECT name, slot, shift_ms::float8 AS "shiftMs" FROM import.sources WHERE name = $1',
);

// Only one import runs at a time, so that the next slot is still free when it is taken.
const addSourceStatement = statement(
  'import.addSource',
  `INSERT INTO import.sources (slot, name, shift_ms)
   SELECT coalesce(max(slot), 0) + 1, $1, $2 FROM import.sources HAVING coalesce(max(slot), 0) < $3
   RETURNING slot`,
);

const rankedNodesStatement = statement(
  'import.listNodesByFollowers',
  'SELECT node::int FROM import.accounts ORDER BY followers DESC, node',
);

const takenTweetsStatement = statement(
  'import.getTakenTweetIds',
  'SELECT tweet_id AS "tweetId" FROM import.posts WHERE tweet_id = ANY($1::bigint[])',
);

const rememberPostsStatement = statement(
  'import.rememberPosts',
  `INSERT INTO import.posts (slot, source_id, tweet_id, author_id, conversation_id)
   SELECT $1::smallint, * FROM unnest($2::text[], $3::bigint[], $4::bigint[], $5::bigint[])`,
);

/** The source of that name. `shiftMs` counts when it is new; one that is known keeps the shift it has. */
export async function getOrAddSource(database: Queryable, name: string, shiftMs: number): Promise<Source> {
  const [known] = await database.query<Source>(getSourceStatement, [name]);
  if (known) return known;
  const [added] = await database.query<{ slot: number }>(addSourceStatement, [name, shiftMs, LARGEST_SLOT]);
  if (!added) throw new ImportError(`Posts of ${LARGEST_SLOT} files have been imported: there is no room for ${name}.`);
  return { name, slot: added.slot, shiftMs };
}

/** All imported nodes, the one with the most followers in its graph first, equal ones by number. */
export async function listNodesByFollowers(database: Queryable): Promise<Uint32Array> {
  const rows = await database.query<{ node: number }>(rankedNodesStatement);
  return Uint32Array.from(rows, ({ node }) => node);
}

export async function getTakenTweetIds(database: Queryable, tweetIds: readonly string[]): Promise<Set<string>> {
  const rows = await database.query<{ tweetId: string }>(takenTweetsStatement, [tweetIds]);
  return new Set(rows.map(({ tweetId }) => tweetId));
}

export interface RememberedPost {
  readonly sourceId: string;
  readonly tweetId: string;
  readonly authorId: string;
  readonly conversationId: string;
}

export async function rememberPosts(
  database: Queryable,
  { slot }: Source,
  posts: readonly RememberedPost[],
): Promise<void> {
  await database.query(rememberPostsStatement, [
    slot,
    posts.map(({ sourceId }) => sourceId),
    posts.map(({ tweetId }) => tweetId),
    posts.map(({ authorId }) => authorId),
    posts.map(({ conversationId }) => conversationId),
  ]);
}
