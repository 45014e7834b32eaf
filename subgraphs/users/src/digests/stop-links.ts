import type { MailSeals } from '../mail/mail-seals.ts';

/** Tokens by which whoever holds a digest can end the digests of the account that it was sent to, and do nothing else. */
export interface StopLinks {
  /** Good for ever: people look into old mails. */
  tokenOf(userId: string): Promise<string>;
  /** The account whose token it is; null for a token that was not made here. */
  userOf(token: string): Promise<string | null>;
}

const PURPOSE = 'stop digests of';

export function createStopLinks(seals: MailSeals): StopLinks {
  return {
    tokenOf: (userId) => seals.tokenOf(PURPOSE, userId),
    userOf: (token) => seals.subjectOf(PURPOSE, token),
  };
}
