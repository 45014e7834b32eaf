import {
  after,
  byForeignKey,
  byPrimaryKey,
  type Freshness,
  type HotLoader,
  hotLoader,
  type Loader,
  type Soon,
} from '@starling/platform/batching';
import { getPrivateAccountsByIds, type PrivateAccount, type PublicAccount } from './account-store.ts';
import type { NamedAccount } from './name-reader.ts';
import { getLiveSessionsByUserIds, type SessionRow } from './session-store.ts';
import { foldUsername } from './usernames.ts';
import type { UsersParts } from './users-parts.ts';

/** What one request reads; what few ask for is made when it is first asked for. */
export class Loaders {
  readonly accountById: HotLoader<PublicAccount>;
  readonly #parts: UsersParts;
  readonly #freshness: Freshness;
  #names: HotLoader<NamedAccount> | undefined;
  #privateAccountById: Loader<PrivateAccount | null> | undefined;
  #liveSessionsByUserId: Loader<SessionRow[]> | undefined;

  constructor(parts: UsersParts, freshness: Freshness) {
    this.#parts = parts;
    this.#freshness = freshness;
    this.accountById = hotLoader(freshness, parts.accounts);
  }

  /** Takes a well-formed username in any case. */
  accountByUsername(username: string): Soon<PublicAccount | null> {
    this.#names ??= hotLoader(this.#freshness, this.#parts.names);
    const name = foldUsername(username);
    return after(this.#names.load(name), (named) => {
      if (!named) return null;
      // Between the two look-ups the account may have been renamed.
      return after(this.accountById.load(named.id), (account) =>
        account && foldUsername(account.username) === name ? account : null,
      );
    });
  }

  /** Straight from the database: what is private is in no shared cache. */
  get privateAccountById(): Loader<PrivateAccount | null> {
    this.#privateAccountById ??= byPrimaryKey(
      (ids) => getPrivateAccountsByIds(this.#parts.database, ids),
      ({ id }) => id,
    );
    return this.#privateAccountById;
  }

  get liveSessionsByUserId(): Loader<SessionRow[]> {
    this.#liveSessionsByUserId ??= byForeignKey(
      (userIds) => getLiveSessionsByUserIds(this.#parts.database, userIds, this.#parts.now()),
      ({ userId }) => userId,
    );
    return this.#liveSessionsByUserId;
  }
}
