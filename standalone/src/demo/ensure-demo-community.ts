import type { EventLog } from '@starling/platform/event-log';
import { type Database, type Queryable, statement } from '@starling/platform/postgres';
import { hasAccounts, hashPassword } from '@starling/users';
import { createDemoCommunity } from './create-demo-community.ts';
import { DEMO_USERNAME } from './people.ts';

/** Not secret: it is printed at every start, and opens an account of a demonstration. */
const DEMO_PASSWORD = 'hello starling';

export interface DemoLogin {
  readonly username: string;
  readonly password: string;
}

// Two processes that start at once on one database take turns.
const lockStatement = statement(
  'demo.lock',
  `SELECT pg_advisory_xact_lock(hashtextextended('starling demo community', 0))`,
);

const hasCommunityStatement = statement('demo.hasCommunity', 'SELECT 1 AS found FROM import.demo_community');

const rememberStatement = statement('demo.remember', 'INSERT INTO import.demo_community (user_id) VALUES ($1)');

async function hasCommunity(database: Queryable): Promise<boolean> {
  return (await database.query(hasCommunityStatement)).length > 0;
}

/**
 * Makes sure that a database that was empty at the first start holds the demo community, and answers how to log in to it;
 * undefined when the database has accounts of its own instead. One transaction: the community is there whole, or not at
 * all. Its copies and counts follow once the consumers run.
 */
export async function ensureDemoCommunity({
  database,
  eventLog,
  nowMs = Date.now(),
}: {
  readonly database: Database;
  readonly eventLog: Pick<EventLog, 'append'>;
  readonly nowMs?: number;
}): Promise<DemoLogin | undefined> {
  const login = { username: DEMO_USERNAME, password: DEMO_PASSWORD };
  if (await hasCommunity(database)) return login;
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  return database.transaction(async (transaction) => {
    await transaction.query(lockStatement);
    if (await hasCommunity(transaction)) return login;
    if (await hasAccounts(transaction)) return undefined;
    const userId = await createDemoCommunity(transaction, eventLog, passwordHash, nowMs);
    await transaction.query(rememberStatement, [userId]);
    return login;
  });
}
