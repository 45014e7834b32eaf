import type { HotReader } from '@starling/platform/cache';
import type { Parts } from '@starling/platform/graphql';
import type { PublicAccount } from './account-store.ts';
import type { MailLinks } from './mail/mail-links.ts';
import type { NamedAccount } from './name-reader.ts';
import type { Passwords } from './passwords.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What the commands of this subgraph stand on. */
export interface UsersParts extends Parts {
  readonly accounts: HotReader<PublicAccount>;
  readonly names: HotReader<NamedAccount>;
  readonly passwords: Passwords;
  readonly signingKeys: SigningKeys;
  /** Of accounts: whoever holds a digest can end the digests of the account that it was sent to. Good for ever: people look into old mails. */
  readonly stopLinks: MailLinks;
  /** Of mails that ask whether an address is somebody's. Whether one is still good is told by what is kept of its mail. */
  readonly confirmationLinks: MailLinks;
  /** Told that an address is to be asked about by mail. */
  readonly confirmations: { wake(): void };
  readonly now: () => Date;
}
