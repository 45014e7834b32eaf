import { freshFrom } from '@starling/platform/batching';
import { consumerToBe } from '@starling/platform/event-log';
import type { Parts, Subgraph } from '@starling/platform/graphql';
import type { JSONWebKeySet } from 'jose';
import { createAccountReader } from './account-reader.ts';
import { accountCacheConsumer } from './consumers/account-cache.ts';
import { createContext } from './context.ts';
import { keepForgettingExpiredSessions } from './expired-sessions.ts';
import { type Argon2Cost, createPasswords, DEFAULT_COST } from './passwords.ts';
import { createSigningKeys } from './signing-keys.ts';
import type { UsersParts } from './users-parts.ts';
import { createUsersSchema } from './users-schema.ts';

export interface UsersOptions {
  /** What a password's hash costs; OWASP's recommendation unless told. */
  readonly argon2Cost?: Argon2Cost;
  /** The clock of sessions, tokens and keys. */
  readonly now?: () => Date;
}

export interface UsersSubgraph extends Subgraph {
  /** The public keys that access tokens are verified with. Keep it for hours at most, and look again for an unknown key id. */
  keySet(): Promise<JSONWebKeySet>;
}

export function createUsers(
  base: Parts,
  { argon2Cost = DEFAULT_COST, now = () => new Date() }: UsersOptions = {},
): UsersSubgraph {
  const signingKeys = createSigningKeys(base.database, now);
  const accounts = createAccountReader(base.database, base.entityCache, base.memory);
  const parts: UsersParts = { ...base, accounts, now, signingKeys, passwords: createPasswords(argon2Cost) };
  const accountCache = consumerToBe('The users subgraph');
  let stopForgetting = async () => {};
  return {
    name: 'users',
    schema: createUsersSchema(),
    sameForAll: { User: { ofRow: ['createdAt'] } },
    createContext: (identity, signal) =>
      createContext(parts, freshFrom([accountCache], { asOf: identity.asOf, signal }), identity),
    keySet: () => signingKeys.keySet(),
    async start() {
      await signingKeys.current();
      await accountCache.start(parts.eventLog.consume(accountCacheConsumer(parts.entityCache, accounts)));
      // What was remembered before it began may have changed unheard.
      parts.memory.clear();
      stopForgetting = keepForgettingExpiredSessions(parts);
    },
    async stop() {
      await stopForgetting();
      await accountCache.stop();
    },
  };
}
