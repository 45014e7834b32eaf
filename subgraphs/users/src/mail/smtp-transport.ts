import { atMost, within } from '@starling/platform/batching';
import nodemailer from 'nodemailer';
import { composed } from './compose.ts';
import type { Attempt, MailTransport } from './mail-transport.ts';

export interface SmtpOptions {
  /** `smtp:` encrypts as soon as the server offers it, and always before a password travels; `smtps:` from the start. */
  readonly url: string;
  readonly from: string;
  /** The longest that one mail may wait for its turn, and then take, in milliseconds; 30,000 when not given. */
  readonly patienceMs?: number;
}

const MOST_CONNECTIONS = 5;
const MAILS_FOR_EACH_CONNECTION = 100;
const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;

const TOO_LATE: Attempt = { result: 'later', why: 'The mail server took too long.' };

/** What a server refuses for good when it answers so with 5xx; before that, it has not heard of the mail. */
const ABOUT_THE_MAIL = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);

/**
 * What a failure means. That the server does not let this product in is not the mail's fault: somebody mends it, and then it
 * can be sent. Of the error only its codes are told: its message may hold an address.
 */
function attemptOf(error: unknown): Attempt {
  const { code, responseCode, command } = error as NodeJS.ErrnoException & {
    readonly responseCode?: number;
    readonly command?: string;
  };
  if (responseCode === undefined) return { result: 'later', why: `The mail server was not reached: ${code}.` };
  const isFinal = responseCode >= 500 && ABOUT_THE_MAIL.has(command ?? '');
  return { result: isFinal ? 'never' : 'later', why: `The mail server answered ${responseCode}: ${code}.` };
}

/** Mails go to a server, by a few connections that are kept. */
export function smtpTransport({ url, from, patienceMs = 30_000 }: SmtpOptions): MailTransport {
  const { protocol, password } = new URL(url);
  const mailer = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: MOST_CONNECTIONS,
    maxMessages: MAILS_FOR_EACH_CONNECTION,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    requireTLS: protocol === 'smtp:' && password !== '',
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  // Nodemailer sends what waits in its own line, however long ago its sender was told that it was not.
  const inTurn = atMost(MOST_CONNECTIONS);

  return {
    async send(mail) {
      let hasLeft = false;
      let hasBegun = false;
      let begin = () => {};
      const begun = new Promise<void>((resolve) => {
        begin = resolve;
      });
      const sent = inTurn(async () => {
        if (hasLeft) return TOO_LATE;
        hasBegun = true;
        begin();
        return mailer.sendMail(composed(mail, from)).then((): Attempt => ({ result: 'sent' }), attemptOf);
      });
      await within(patienceMs, begun);
      hasLeft = !hasBegun;
      if (hasLeft) return TOO_LATE;
      return (await within(patienceMs, sent)) ?? TOO_LATE;
    },
    close() {
      mailer.close();
    },
  };
}
