import { type Clock, every, untilNoneWaits, type Woken, woken } from '@starling/platform/live';
import type { MailLinks } from '../mail/mail-links.ts';
import type { MailOptions } from '../mail/open-mail.ts';
import type { UsersParts } from '../users-parts.ts';
import { MOST_ATTEMPTS, settleConfirmation, type TakenConfirmation, takeConfirmations } from './confirmation-store.ts';
import { confirmationText } from './confirmation-text.ts';

export interface ConfirmationSenderOptions extends MailOptions {
  readonly links: MailLinks;
  /** When mails are looked for that nobody told of; every five seconds when not given. */
  readonly clock?: Clock | undefined;
}

const CONFIRM_PATH = '/email/confirm';
const FIRST_WAIT_MINUTES = 10;

/** Sends the mails that ask whether an address is somebody's, each by one process. Whoever got none may ask for another. */
export function confirmationSender(
  { database, logger }: Pick<UsersParts, 'database' | 'logger'>,
  { transport, publicUrl, links, clock = every(5_000) }: ConfirmationSenderOptions,
): Woken {
  async function deliver(taken: TakenConfirmation): Promise<void> {
    const { id, email: to, username, attempts } = taken;
    const token = await links.tokenOf(id);
    const url = publicUrl === undefined ? undefined : `${publicUrl}${CONFIRM_PATH}?token=${token}`;
    const attempt = await transport.send({ id, to, ...confirmationText(username, token, url), headers: {} });
    if (attempt.result === 'sent') return settleConfirmation(database, taken, null);
    const isOver = attempt.result === 'never' || attempts >= MOST_ATTEMPTS;
    logger.warn({ confirmation: id, attempts, isOver, why: attempt.why }, 'a mail to confirm an address was not sent');
    await settleConfirmation(database, taken, isOver ? null : FIRST_WAIT_MINUTES * 4 ** (attempts - 1));
  }

  return woken({
    clock,
    onFailure: (error) => logger.warn({ err: error }, 'mails to confirm addresses wait and will be sent later'),
    work: (isStopping) => untilNoneWaits(isStopping, () => takeConfirmations(database), deliver),
  });
}
