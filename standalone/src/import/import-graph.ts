import type { EventLog } from '@starling/platform/event-log';
import { type Database, statement, type Transaction } from '@starling/platform/postgres';
import { addFollowsInBulk } from '@starling/social-graph';
import { addAccountsInBulk } from '@starling/users';
import { readEdge } from './graph-file.ts';
import { accountId, accountOf } from './mapping.ts';
import type { Progress } from './progress.ts';
import { readFileLines } from './read-file-lines.ts';
import type { Staging } from './staging.ts';
import { type PartReport, Tally } from './tally.ts';

/** Everything that imports stands on. */
export interface ImportParts {
  readonly database: Database;
  readonly eventLog: Pick<EventLog, 'append'>;
  readonly staging: Staging;
  readonly progress: Progress;
  /** Rows of one transaction at most. */
  readonly batchSize: number;
}

const rememberAccountsStatement = statement(
  'import.rememberAccounts',
  `INSERT INTO import.accounts (node, followers) SELECT * FROM unnest($1::bigint[], $2::int[])
   ON CONFLICT (node) DO UPDATE SET followers = excluded.followers WHERE accounts.followers <> excluded.followers`,
);

const NODES = `
  WITH edges AS (SELECT DISTINCT follower, followee FROM staged_edges)
  SELECT node::int, sum(followers)::int AS followers
  FROM (SELECT follower, 0 FROM edges UNION ALL SELECT followee, 1 FROM edges) AS ends (node, followers)
  GROUP BY node ORDER BY node`;

const COUNT_NODES = `
  SELECT count(*) FROM (SELECT follower FROM staged_edges UNION SELECT followee FROM staged_edges) AS nodes`;

const EDGES = `
  SELECT line::float8, follower::int, followee::int,
    row_number() OVER (PARTITION BY follower, followee ORDER BY line) > 1 AS "isRepeated"
  FROM staged_edges ORDER BY line`;

interface NodeRow {
  readonly node: number;
  readonly followers: number;
}

interface EdgeRow {
  readonly line: number;
  readonly follower: number;
  readonly followee: number;
  readonly isRepeated: boolean;
}

/**
 * Imports a graph: an account for each of its nodes, then its follows. Each batch is one transaction of rows and events, so
 * that an import that was killed has batches or has them not; run again, it finds what is there and adds the rest.
 */
export async function importGraph(
  parts: ImportParts,
  path: string,
  passwordHash: string | null,
): Promise<PartReport[]> {
  const accounts = new Tally('accounts');
  const follows = new Tally('follows');
  const edges = await stageEdges(parts, path, follows);
  const withoutAccount = await importAccounts(parts, accounts, passwordHash);
  await importFollows(parts, edges, follows, withoutAccount);
  await parts.staging.run('DROP TABLE staged_edges');
  return [accounts.report(), follows.report()];
}

async function stageEdges({ staging, progress }: ImportParts, path: string, follows: Tally): Promise<number> {
  await staging.run('CREATE TEMPORARY TABLE staged_edges (line bigint, follower bigint, followee bigint)');
  async function* rows() {
    for await (const lines of readFileLines(path, progress)) {
      for (const line of lines) {
        const edge = readEdge(line, follows);
        if (edge) yield [edge.line, edge.follower, edge.followee];
      }
    }
  }
  return staging.fill({ table: 'staged_edges', columns: ['line', 'follower', 'followee'] }, rows());
}

/** Answers the nodes whose account could not be made. */
async function importAccounts(parts: ImportParts, tally: Tally, passwordHash: string | null): Promise<Set<number>> {
  const { database, eventLog, staging, progress, batchSize } = parts;
  const refused = new Set<number>();
  const [nodes] = await staging.query<{ count: string }>(COUNT_NODES);
  const phase = progress.phase('Accounts', Number(nodes?.count));
  for await (const rows of staging.batches<NodeRow>(NODES, batchSize)) {
    const { added, taken } = await database.transaction(async (transaction) => {
      const accounts = rows.map(({ node }) => ({ ...accountOf(node), passwordHash }));
      const outcome = await addAccountsInBulk(transaction, eventLog, accounts);
      await rememberAccounts(
        transaction,
        rows.filter(({ node }) => !outcome.taken.has(accountId(node))),
      );
      return outcome;
    });
    for (const { node } of rows) {
      if (!taken.has(accountId(node))) continue;
      refused.add(node);
      tally.refuse('USERNAME_TAKEN', node);
    }
    tally.read += rows.length;
    tally.imported += added;
    tally.alreadyThere += rows.length - added - taken.size;
    phase.add(rows.length);
  }
  phase.end();
  return refused;
}

async function rememberAccounts(transaction: Transaction, rows: readonly NodeRow[]): Promise<void> {
  await transaction.query(rememberAccountsStatement, [
    rows.map(({ node }) => node),
    rows.map(({ followers }) => followers),
  ]);
}

async function importFollows(parts: ImportParts, edges: number, tally: Tally, withoutAccount: ReadonlySet<number>) {
  const { database, eventLog, staging, progress, batchSize } = parts;
  const phase = progress.phase('Follows', edges);
  for await (const rows of staging.batches<EdgeRow>(EDGES, batchSize)) {
    const lines = new Map<string, number>();
    for (const { line, follower, followee, isRepeated } of rows) {
      if (isRepeated) tally.refuse('DUPLICATE', line);
      else if (withoutAccount.has(follower) || withoutAccount.has(followee)) tally.refuse('ACCOUNT_MISSING', line);
      else lines.set(`${accountId(follower)} ${accountId(followee)}`, line);
    }
    const follows = [...lines.keys()].map((pair) => {
      const [followerId = '', followeeId = ''] = pair.split(' ');
      return { followerId, followeeId };
    });
    const outcome = await database.transaction((transaction) => addFollowsInBulk(transaction, eventLog, follows));
    for (const { followerId, followeeId } of outcome.blocked) {
      tally.refuse('BLOCKED', lines.get(`${followerId} ${followeeId}`) ?? 0);
    }
    tally.imported += outcome.added;
    tally.alreadyThere += outcome.alreadyThere;
    phase.add(rows.length);
  }
  phase.end();
}
