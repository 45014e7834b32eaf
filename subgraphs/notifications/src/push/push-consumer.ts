import type { Consumer } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import { z } from 'zod';
import { PUSH_TOPIC } from '../events.ts';
import { PUSH_GROUP } from './push-sender.ts';
import { queuePushesAgain } from './push-store.ts';

const givenUp = z.object({ subscriptionId: z.string(), announced: z.string() });

/** Messages that were given up and are replayed: they are queued once more. Idempotent by nature. */
export function pushConsumer(database: Database, wake: () => void): Consumer {
  return {
    group: PUSH_GROUP,
    topics: [PUSH_TOPIC],
    async handle(events) {
      await queuePushesAgain(
        database,
        events.map(({ payload }) => givenUp.parse(payload)),
      );
      wake();
    },
  };
}
