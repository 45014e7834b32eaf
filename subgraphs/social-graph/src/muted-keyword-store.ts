import { type Queryable, statement } from '@starling/platform/postgres';

export interface MutedKeyword {
  readonly id: string;
  readonly muterId: string;
  /** As it was first written. */
  readonly phrase: string;
  /** Null for one that does not end by itself. */
  readonly until: Date | null;
}

const COLUMNS = 'id, muter_id AS "muterId", phrase, until';
const HOLDS = '(until IS NULL OR until > now())';

const listStatement = statement(
  'social-graph.listMutedKeywords',
  `SELECT ${COLUMNS} FROM social_graph.muted_keywords WHERE muter_id = $1 AND ${HOLDS} ORDER BY id DESC`,
);

const getByIdsStatement = statement(
  'social-graph.getMutedKeywordsByIds',
  `SELECT ${COLUMNS} FROM social_graph.muted_keywords WHERE muter_id = $1 AND id = ANY($2::bigint[]) AND ${HOLDS}`,
);

const findStatement = statement(
  'social-graph.findMutedKeyword',
  `SELECT ${COLUMNS} FROM social_graph.muted_keywords WHERE muter_id = $1 AND words = $2`,
);

const countStatement = statement(
  'social-graph.countMutedKeywords',
  'SELECT count(*)::int AS number FROM social_graph.muted_keywords WHERE muter_id = $1',
);

const addStatement = statement(
  'social-graph.addMutedKeyword',
  'INSERT INTO social_graph.muted_keywords (id, muter_id, phrase, words, until) VALUES ($1, $2, $3, $4, $5)',
);

const setUntilStatement = statement(
  'social-graph.setMutedKeywordUntil',
  'UPDATE social_graph.muted_keywords SET until = $2 WHERE id = $1',
);

const removeStatement = statement(
  'social-graph.removeMutedKeyword',
  'DELETE FROM social_graph.muted_keywords WHERE muter_id = $1 AND id = $2 RETURNING id',
);

const removeEndedStatement = statement(
  'social-graph.removeEndedMutedKeywords',
  `DELETE FROM social_graph.muted_keywords WHERE muter_id = $1 AND NOT ${HOLDS} RETURNING id`,
);

/** What this account mutes at this moment, muted last first. */
export async function listMutedKeywords(database: Queryable, muterId: string): Promise<MutedKeyword[]> {
  return database.query(listStatement, [muterId]);
}

/** Those of the keywords that this account mutes at this moment. */
export async function getMutedKeywordsByIds(
  database: Queryable,
  muterId: string,
  ids: readonly string[],
): Promise<MutedKeyword[]> {
  return database.query(getByIdsStatement, [muterId, ids]);
}

/** The keyword with these words, ended or not. */
export async function findMutedKeyword(
  database: Queryable,
  muterId: string,
  words: string,
): Promise<MutedKeyword | undefined> {
  const [row] = await database.query<MutedKeyword>(findStatement, [muterId, words]);
  return row;
}

export async function countMutedKeywords(database: Queryable, muterId: string): Promise<number> {
  const [row] = await database.query<{ number: number }>(countStatement, [muterId]);
  return row?.number ?? 0;
}

export async function addMutedKeyword(database: Queryable, keyword: MutedKeyword, words: string): Promise<void> {
  const { id, muterId, phrase, until } = keyword;
  await database.query(addStatement, [id, muterId, phrase, words, until]);
}

export async function setMutedKeywordUntil(database: Queryable, id: string, until: Date | null): Promise<void> {
  await database.query(setUntilStatement, [id, until]);
}

/** True when this account had muted it. */
export async function removeMutedKeyword(database: Queryable, muterId: string, id: string): Promise<boolean> {
  return (await database.query(removeStatement, [muterId, id])).length > 0;
}

/** Forgets what has ended by itself, and answers its ids. */
export async function removeEndedMutedKeywords(database: Queryable, muterId: string): Promise<string[]> {
  const rows = await database.query<{ id: string }>(removeEndedStatement, [muterId]);
  return rows.map(({ id }) => id);
}
