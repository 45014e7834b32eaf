import { makeEvent, type NewEvent } from '@starling/platform/event-log';
import { type Clock, every, untilNoneWaits, type Woken, woken } from '@starling/platform/live';
import { getPublicAccountsByIds } from '../account-store.ts';
import { digestFailed, digestSent } from '../events.ts';
import type { MailLinks } from '../mail/mail-links.ts';
import type { Attempt, Mail } from '../mail/mail-transport.ts';
import type { MailOptions } from '../mail/open-mail.ts';
import type { UsersParts } from '../users-parts.ts';
import { settleDigest, type TakenDigest, takeDigests } from './digest-store.ts';
import { digestText } from './digest-text.ts';

export interface DigestSenderOptions extends MailOptions {
  readonly links: MailLinks;
  /** When digests are looked for that nobody told of; every five seconds when not given. */
  readonly clock?: Clock | undefined;
}

const STOP_PATH = '/email/stop';

type Outcome = Attempt | { readonly result: 'nobody' | 'unconfirmed'; readonly why: string };

function answerTo({ id: digestId, userId, attempt }: TakenDigest, outcome: Outcome): NewEvent {
  if (outcome.result === 'sent') return makeEvent(digestSent, userId, { userId, digestId });
  const until = { later: 'LATER', never: 'NEVER', nobody: 'NOBODY', unconfirmed: 'UNCONFIRMED' } as const;
  return makeEvent(digestFailed, userId, { userId, digestId, attempt, until: until[outcome.result], why: outcome.why });
}

/**
 * Sends the digests that wait, each by one process. What became of an attempt is told to who asked for it. Of a process that
 * dies between, nothing is told: then the digest is asked for anew, and what arrives twice has the same `Message-ID`.
 */
export function digestSender(
  { database, eventLog, logger }: Pick<UsersParts, 'database' | 'eventLog' | 'logger'>,
  { transport, publicUrl, links, clock = every(5_000) }: DigestSenderOptions,
): Woken {
  async function mailOf({ id, userId, content }: TakenDigest, to: string): Promise<Mail> {
    const actorIds = [...new Set(content.lines.flatMap((line) => line.actorIds))];
    const accounts = await getPublicAccountsByIds(database, actorIds);
    const token = await links.tokenOf(userId);
    const stopUrl = publicUrl === undefined ? undefined : `${publicUrl}${STOP_PATH}?token=${token}`;
    const usernames = new Map(accounts.map((account) => [account.id, account.username]));
    return { id, to, ...digestText(content, usernames, stopUrl), headers: headersOf(stopUrl) };
  }

  async function attempt(taken: TakenDigest): Promise<Outcome> {
    const { email, isConfirmed } = taken;
    if (email === null) return { result: 'nobody', why: 'There is no such account.' };
    if (!isConfirmed) return { result: 'unconfirmed', why: 'Nobody has confirmed the address.' };
    return transport.send(await mailOf(taken, email));
  }

  async function deliver(taken: TakenDigest): Promise<void> {
    const outcome = await attempt(taken);
    if (outcome.result === 'later' || outcome.result === 'never') {
      logger.warn({ digest: taken.id, attempt: taken.attempt, why: outcome.why }, 'a digest could not be sent');
    }
    await database.transaction(async (transaction) => {
      const state = outcome.result === 'sent' ? 'SENT' : 'FAILED';
      if (!(await settleDigest(transaction, taken, state))) return;
      await eventLog.append(transaction, [answerTo(taken, outcome)]);
    });
  }

  return woken({
    clock,
    onFailure: (error) => logger.warn({ err: error }, 'digests wait and will be sent later'),
    work: (isStopping) => untilNoneWaits(isStopping, () => takeDigests(database), deliver),
  });
}

/** One click of a mail program ends the mails; it may do so over TLS alone (RFC 8058). */
function headersOf(stopUrl: string | undefined): Mail['headers'] {
  if (stopUrl === undefined) return {};
  return {
    'List-Unsubscribe': `<${stopUrl}>`,
    ...(stopUrl.startsWith('https:') && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
  };
}
