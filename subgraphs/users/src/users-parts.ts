import type { HotReader } from '@starling/platform/cache';
import type { Parts } from '@starling/platform/graphql';
import type { PublicAccount } from './account-store.ts';
import type { StopLinks } from './digests/stop-links.ts';
import type { ConfirmationLinks } from './email-confirmation/confirmation-links.ts';
import type { NamedAccount } from './name-reader.ts';
import type { Passwords } from './passwords.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What the commands of this subgraph stand on. */
export interface UsersParts extends Parts {
  readonly accounts: HotReader<PublicAccount>;
  readonly names: HotReader<NamedAccount>;
  readonly passwords: Passwords;
  readonly signingKeys: SigningKeys;
  readonly stopLinks: StopLinks;
  readonly confirmationLinks: ConfirmationLinks;
  /** Told that an address is to be asked about by mail. */
  readonly confirmations: { wake(): void };
  readonly now: () => Date;
}
