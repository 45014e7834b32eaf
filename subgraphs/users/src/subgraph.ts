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
import { createStopLinks } from './digests/stop-links.ts';
import { expiredSessionsForgetter } from './expired-sessions.ts';
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
  /** How digests are sent; without it this process sends none. */
  readonly mail?: (MailOptions & { readonly clock?: Clock }) | undefined;
}

export interface UsersSubgraph extends Subgraph {
  /** The public keys that access tokens are verified with. Keep it for hours at most, and look again for an unknown key id. */
  keySet(): Promise<JSONWebKeySet>;
  /** Sends the digests that wait at this moment, and waits for that. */
  sendDigests(): Promise<void>;
}

export function createUsers(
  base: Parts,
  { argon2Cost = DEFAULT_COST, now = () => new Date(), mail }: UsersOptions = {},
): UsersSubgraph {
  const signingKeys = createSigningKeys(base.database, now);
  const accounts = createAccountReader(base.database, base.entityCache, base.memory);
  const names = createNameReader(base.database, base.entityCache, base.memory);
  const stopLinks = createStopLinks(base.database);
  const passwords = createPasswords(argon2Cost);
  const parts: UsersParts = { ...base, accounts, names, now, signingKeys, stopLinks, passwords };
  const accountCache = consumerToBe('The users subgraph');
  const askedDigests = consumerToBe('The users subgraph');
  const digests = mail && digestSender(parts, { ...mail, links: stopLinks });
  const expiredSessions = expiredSessionsForgetter(parts);
  return {
    name: 'users',
    schema: createUsersSchema(),
    sameForAll: { User: { ofRow: ['createdAt'] } },
    createContext: (identity, signal) =>
      createContext(parts, freshFrom([accountCache], { asOf: identity.asOf, signal }), identity),
    keySet: () => signingKeys.keySet(),
    sendDigests: async () => digests?.run(),
    async start() {
      await signingKeys.current();
      await accountCache.start(parts.eventLog.consume(accountCacheConsumer(parts)));
      // What was remembered before it began may have changed unheard.
      parts.memory.clear();
      parts.background.begin(expiredSessions);
      if (!digests) return;
      parts.background.begin(digests);
      await askedDigests.start(parts.eventLog.consume(digestConsumer(parts, digests.wake)));
    },
    async stop() {
      await expiredSessions.stop();
      await accountCache.stop();
      await askedDigests.stop();
      await digests?.stop();
      mail?.transport.close();
    },
  };
}
