import type { Consumer } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import { z } from 'zod';
import { GIVEN_UP, PUSH_TOPIC } from '../events.ts';
import { PUSH_GROUP } from './push-sender.ts';
import { queuePushesAgain } from './push-store.ts';

const givenUp = z.object({ subscriptionId: z.string(), announced: z.string() });

/**
 * Tells the sender of messages that were queued, by whichever process. Those that were given up and are replayed are queued
 * once more. Idempotent by nature.
 */
export function pushConsumer(database: Database, wake: () => void): Consumer {
  return {
    group: PUSH_GROUP,
    topics: [PUSH_TOPIC],
    async handle(events) {
      const again = events.filter(({ name }) => name === GIVEN_UP).map(({ payload }) => givenUp.parse(payload));
      if (again.length > 0) await queuePushesAgain(database, again);
      wake();
    },
  };
}
