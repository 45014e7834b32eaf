import { freshFrom } from '@starling/platform/batching';
import { consumerToBe } from '@starling/platform/event-log';
import type { Parts, Subgraph } from '@starling/platform/graphql';
import type { Clock } from '@starling/platform/live';
import type { JSONWebKeySet } from 'jose';
import { createAccountReader } from './account-reader.ts';
import { accountCacheConsumer } from './consumers/account-cache.ts';
import { createContext } from './context.ts';
import { digestConsumer } from './digests/digest-consumer.ts';
import { digestSender } from './digests/digest-sender.ts';
import { confirmationSender } from './email-confirmation/confirmation-sender.ts';
import { expiredSessionsForgetter } from './expired-sessions.ts';
import { createMailCounts } from './mail/counted-transport.ts';
import { mailLinks } from './mail/mail-links.ts';
import type { MailOptions } from './mail/open-mail.ts';
import { createNameReader } from './name-reader.ts';
import { type Argon2Cost, createPasswords, DEFAULT_COST } from './passwords.ts';
import { createSigningKeys } from './signing-keys.ts';
import type { UsersParts } from './users-parts.ts';
import { createUsersSchema } from './users-schema.ts';

export interface UsersOptions {
  /** What a password's hash costs; OWASP's recommendation unless told. */
  readonly argon2Cost?: Argon2Cost;
  /** The clock of sessions, tokens and keys. */
  readonly now?: () => Date;
  /** How mails are sent; without it this process sends none. */
  readonly mail?: (MailOptions & { readonly clock?: Clock }) | undefined;
}

export interface UsersSubgraph extends Subgraph {
  /** The public keys that access tokens are verified with. Keep it for hours at most, and look again for an unknown key id. */
  keySet(): Promise<JSONWebKeySet>;
  /** Sends the digests that wait at this moment, and waits for that. */
  sendDigests(): Promise<void>;
  /** Sends the mails that ask about addresses and wait at this moment, and waits for that. */
  sendConfirmations(): Promise<void>;
}

export function createUsers(
  base: Parts,
  { argon2Cost = DEFAULT_COST, now = () => new Date(), mail }: UsersOptions = {},
): UsersSubgraph {
  const signingKeys = createSigningKeys(base.database, now);
  const accounts = createAccountReader(base.database, base.entityCache, base.memory);
  const names = createNameReader(base.database, base.entityCache, base.memory);
  const linksTo = mailLinks(base.database);
  const stopLinks = linksTo('stop digests of');
  const confirmationLinks = linksTo('confirm address by');
  const mailCounts = createMailCounts();
  const passwords = createPasswords(argon2Cost);
  const ofKind = (kind: 'digest' | 'confirmation', options: NonNullable<typeof mail>) => ({
    ...options,
    transport: mailCounts.counted(kind, options.transport),
  });
  const confirming = mail && confirmationSender(base, { ...ofKind('confirmation', mail), links: confirmationLinks });
  const confirmations = { wake: () => confirming?.wake() };
  const links = { stopLinks, confirmationLinks };
  const parts: UsersParts = { ...base, ...links, accounts, names, now, signingKeys, passwords, confirmations };
  const accountCache = consumerToBe('The users subgraph');
  const askedDigests = consumerToBe('The users subgraph');
  const digests = mail && digestSender(parts, { ...ofKind('digest', mail), links: stopLinks });
  const expiredSessions = expiredSessionsForgetter(parts);
  return {
    name: 'users',
    schema: createUsersSchema(),
    sameForAll: { User: { ofRow: ['createdAt'], ofReference: [] } },
    createContext: (identity, signal) =>
      createContext(parts, freshFrom([accountCache], { asOf: identity.asOf, signal }), identity),
    keySet: () => signingKeys.keySet(),
    sendDigests: async () => digests?.run(),
    sendConfirmations: async () => confirming?.run(),
    measure: (registry) => mailCounts.measure(registry),
    async start() {
      await signingKeys.current();
      await accountCache.start(parts.eventLog.consume(accountCacheConsumer(parts)));
      // What was remembered before it began may have changed unheard.
      parts.memory.clear();
      parts.background.begin(expiredSessions);
      if (!digests || !confirming) return;
      parts.background.begin(digests);
      parts.background.begin(confirming);
      await askedDigests.start(parts.eventLog.consume(digestConsumer(parts, digests.wake)));
    },
    async stop() {
      await expiredSessions.stop();
      await accountCache.stop();
      await askedDigests.stop();
      await Promise.all([digests?.stop(), confirming?.stop()]);
      mail?.transport.close();
    },
  };
}
