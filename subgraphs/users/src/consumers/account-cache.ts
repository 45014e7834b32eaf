import type { Consumer, Event } from '@starling/platform/event-log';
import { z } from 'zod';
import { accountKey, usernameKey } from '../cache-keys.ts';
import { foldUsername } from '../usernames.ts';
import type { UsersParts } from '../users-parts.ts';

const change = z.object({
  userId: z.string(),
  username: z.string().optional(),
  previousUsername: z.string().optional(),
});

type Change = z.infer<typeof change>;

const namesIn = ({ username, previousUsername }: Change) =>
  [username, previousUsername].filter((name) => name !== undefined).map(foldUsername);

const keysOf = (one: Change) => [accountKey(one.userId), ...namesIn(one).map(usernameKey)];

type Remembered = Pick<UsersParts, 'entityCache' | 'accounts' | 'names'>;

/** Takes accounts that changed out of the cache and out of memory, and names that have got, or lost, an account. */
export function accountCacheConsumer({ entityCache: cache, accounts, names }: Remembered): Consumer {
  return {
    group: 'users.account-cache',
    topics: ['users.account'],
    offset: 'memory',
    async handle(events) {
      const changes = events.map(({ payload }: Event) => change.parse(payload));
      // First what is shared: who asks after the last of it is gone from here finds nothing older there.
      await cache.deleteMany(changes.flatMap(keysOf));
      accounts.forget(changes.map(({ userId }) => userId));
      names.forget(changes.flatMap(namesIn));
    },
  };
}
