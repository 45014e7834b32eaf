import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Database, statement } from '@starling/platform/postgres';

const getStatement = statement('users.getMailKey', 'SELECT secret FROM users.mail_keys');
const keepStatement = statement(
  'users.keepMailKey',
  'INSERT INTO users.mail_keys (secret) VALUES ($1) ON CONFLICT DO NOTHING',
);

async function obtainSecret(database: Database): Promise<Buffer> {
  for (;;) {
    const [key] = await database.query<{ secret: Buffer }>(getStatement);
    if (key) return key.secret;
    await database.query(keepStatement, [randomBytes(32)]);
  }
}

/** Tokens by which whoever holds a digest can end the digests of the account that it was sent to, and do nothing else. */
export interface StopLinks {
  /** Good for ever: people look into old mails. */
  tokenOf(userId: string): Promise<string>;
  /** The account whose token it is; null for a token that was not made here. */
  userOf(token: string): Promise<string | null>;
}

/** The key is made when it is first needed; of processes that need it at once all get the same. */
export function createStopLinks(database: Database): StopLinks {
  let secret: Promise<Buffer> | undefined;
  const sealOf = async (userId: string) => {
    secret ??= obtainSecret(database);
    const key = await secret.catch((error: unknown) => {
      secret = undefined;
      throw error;
    });
    return createHmac('sha256', key).update(`stop digests of ${userId}`).digest();
  };
  return {
    tokenOf: async (userId) => `${userId}.${(await sealOf(userId)).toString('base64url')}`,
    async userOf(token) {
      const [, userId, given] = /^([1-9][0-9]{0,18})\.([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
      if (userId === undefined || given === undefined) return null;
      return timingSafeEqual(Buffer.from(given, 'base64url'), await sealOf(userId)) ? userId : null;
    },
  };
}
