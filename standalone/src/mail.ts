import { isIP } from 'node:net';
import { join } from 'node:path';
import type { MailSettings } from '@starling/users';
import type { StandaloneEnvironment } from './environment.ts';

/** Addresses on which a server listens that are nobody's to visit. */
const EVERYWHERE = new Set(['0.0.0.0', '::']);

function addressOf({ HOST, PORT }: StandaloneEnvironment): string | undefined {
  // A port that is not known yet can be in no link.
  if (PORT === 0 || EVERYWHERE.has(HOST)) return undefined;
  return `http://${isIP(HOST) === 6 ? `[${HOST}]` : HOST}:${PORT}`;
}

/** What the product does with mails when its environment says nothing of them: files beside its data, links to itself. */
export function mailOf(environment: StandaloneEnvironment): MailSettings {
  const { SMTP_URL, MAIL_FROM, DATA_DIR, MAIL_DIR = join(DATA_DIR, 'mail') } = environment;
  return { SMTP_URL, MAIL_FROM, MAIL_DIR, PUBLIC_URL: environment.PUBLIC_URL ?? addressOf(environment) };
}
