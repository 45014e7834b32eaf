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

/** Tokens in the links of mails, of one purpose: whoever has one got it in a mail, and it is good for nothing else. */
export interface MailLinks {
  /** What the link is about, and its seal, as one text: `subject.seal`. */
  tokenOf(subject: string): Promise<string>;
  /** What the token is about; null for one that was not made here, or for another purpose. */
  subjectOf(token: string): Promise<string | null>;
}

/** Makes links by their purpose. The key is made when it is first needed; of processes that need it at once all get the same. */
export function mailLinks(database: Database): (purpose: string) => MailLinks {
  let secret: Promise<Buffer> | undefined;
  const sealOf = async (text: string) => {
    secret ??= obtainSecret(database);
    const key = await secret.catch((error: unknown) => {
      secret = undefined;
      throw error;
    });
    return createHmac('sha256', key).update(text).digest();
  };
  return (purpose) => ({
    tokenOf: async (subject) => `${subject}.${(await sealOf(`${purpose} ${subject}`)).toString('base64url')}`,
    async subjectOf(token) {
      const [, subject, given] = /^([0-9a-f-]{1,36})\.([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
      if (subject === undefined || given === undefined) return null;
      const seal = await sealOf(`${purpose} ${subject}`);
      return timingSafeEqual(Buffer.from(given, 'base64url'), seal) ? subject : null;
    },
  });
}
