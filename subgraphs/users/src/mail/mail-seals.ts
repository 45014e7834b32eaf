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

/** Seals of what links in mails stand for: whoever has one got it in a mail. */
export interface MailSeals {
  /** `subject` and its seal as one text: `subject.seal`. `purpose` is what the seal is good for, and for nothing else. */
  tokenOf(purpose: string, subject: string): Promise<string>;
  /** The subject of a token; null for one that was not made here, or for another purpose. */
  subjectOf(purpose: string, token: string): Promise<string | null>;
}

/** The key is made when it is first needed; of processes that need it at once all get the same. */
export function createMailSeals(database: Database): MailSeals {
  let secret: Promise<Buffer> | undefined;
  const sealOf = async (purpose: string, subject: string) => {
    secret ??= obtainSecret(database);
    const key = await secret.catch((error: unknown) => {
      secret = undefined;
      throw error;
    });
    return createHmac('sha256', key).update(`${purpose} ${subject}`).digest();
  };
  return {
    tokenOf: async (purpose, subject) => `${subject}.${(await sealOf(purpose, subject)).toString('base64url')}`,
    async subjectOf(purpose, token) {
      const [, subject, given] = /^([0-9a-f-]{1,36})\.([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
      if (subject === undefined || given === undefined) return null;
      return timingSafeEqual(Buffer.from(given, 'base64url'), await sealOf(purpose, subject)) ? subject : null;
    },
  };
}
