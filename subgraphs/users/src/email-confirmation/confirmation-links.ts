import type { MailSeals } from '../mail/mail-seals.ts';

/** Tokens in mails that ask whether an address is somebody's. Whether one is still good is told by what is kept of its mail. */
export interface ConfirmationLinks {
  tokenOf(confirmationId: string): Promise<string>;
  /** The confirmation whose token it is; null for a token that was not made here. */
  confirmationOf(token: string): Promise<string | null>;
}

const PURPOSE = 'confirm address by';

export function createConfirmationLinks(seals: MailSeals): ConfirmationLinks {
  return {
    tokenOf: (confirmationId) => seals.tokenOf(PURPOSE, confirmationId),
    confirmationOf: (token) => seals.subjectOf(PURPOSE, token),
  };
}
