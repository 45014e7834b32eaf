import { type Consumer, type Event, firstTime } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import { addToCounts, type Counts } from '../count-store.ts';
import { userFollowed, userUnfollowed } from '../events.ts';

const GROUP = 'social-graph.counts';

/** What one event adds to counts, or undefined for an event that counts nothing. */
function changeOf({ name, payload }: Event) {
  if (name === userFollowed.name) return { ...userFollowed.payload.parse(payload), by: 1 };
  if (name === userUnfollowed.name) return { ...userUnfollowed.payload.parse(payload), by: -1 };
  return undefined;
}

/** The differences that events make together, each account once. */
export function differences(events: readonly Event[]): Counts[] {
  const changes = new Map<string, { followers: number; following: number }>();
  const change = (userId: string) => {
    const known = changes.get(userId) ?? { followers: 0, following: 0 };
    changes.set(userId, known);
    return known;
  };
  for (const event of events) {
    const changed = changeOf(event);
    if (!changed) continue;
    change(changed.followeeId).followers += changed.by;
    change(changed.followerId).following += changed.by;
  }
  return [...changes]
    .map(([userId, { followers, following }]) => ({ userId, followers, following }))
    .filter(({ followers, following }) => followers !== 0 || following !== 0);
}

/** Counts each follow and each unfollow once, however often it is delivered: the mark and the sum are one transaction. */
export function followCounts(database: Database): Consumer {
  return {
    group: GROUP,
    topics: [userFollowed.topic],
    async handle(events) {
      await database.transaction(
        async (transaction) => {
          const changes = differences(await firstTime(transaction, GROUP, events));
          if (changes.length > 0) await addToCounts(transaction, changes);
        },
        { durable: false },
      );
    },
  };
}
