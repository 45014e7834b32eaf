import type { EntityCache, HotReader } from '@starling/platform/cache';
import type { Consumer, Event } from '@starling/platform/event-log';
import { z } from 'zod';
import type { PublicAccount } from '../account-store.ts';
import { accountKey, usernameKey } from '../cache-keys.ts';

const change = z.object({
  userId: z.string(),
  username: z.string().optional(),
  previousUsername: z.string().optional(),
});

function keysOf({ userId, username, previousUsername }: z.infer<typeof change>): string[] {
  const names = [username, previousUsername].filter((name) => name !== undefined);
  return [accountKey(userId), ...names.map(usernameKey)];
}

/** Takes accounts that changed out of this process's cache, and names that have got, or lost, an account. */
export function accountCacheConsumer(cache: EntityCache, accounts: HotReader<PublicAccount>): Consumer {
  return {
    group: 'users.account-cache',
    topics: ['users.account'],
    offset: 'memory',
    async handle(events) {
      const changes = events.map(({ payload }: Event) => change.parse(payload));
      // First what is shared: who asks after the last of it is gone from here finds nothing older there.
      await cache.deleteMany(changes.flatMap(keysOf));
      accounts.forget(changes.map(({ userId }) => userId));
    },
  };
}
