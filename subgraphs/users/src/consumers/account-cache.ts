import type { EntityCache } from '@starling/platform/cache';
import type { Consumer, Event } from '@starling/platform/event-log';
import { z } from 'zod';
import { accountKey, usernameKey } from '../cache-keys.ts';

const change = z.object({
  userId: z.string(),
  username: z.string().optional(),
  previousUsername: z.string().optional(),
});

function keysOf({ payload }: Event): string[] {
  const { userId, username, previousUsername } = change.parse(payload);
  const names = [username, previousUsername].filter((name) => name !== undefined);
  return [accountKey(userId), ...names.map(usernameKey)];
}

/** Takes accounts that changed out of this process's cache, and names that have got, or lost, an account. */
export function accountCacheConsumer(cache: EntityCache): Consumer {
  return {
    group: 'users.account-cache',
    topics: ['users.account'],
    offset: 'memory',
    handle: (events) => cache.deleteMany(events.flatMap(keysOf)),
  };
}
