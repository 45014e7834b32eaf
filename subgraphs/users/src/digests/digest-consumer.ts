import { type Consumer, firstTime, makeEvent } from '@starling/platform/event-log';
import { digestSent } from '../events.ts';
import type { UsersParts } from '../users-parts.ts';
import { ASKED_TOPIC, askedBy } from './digest-events.ts';
import { keepDigests } from './digest-store.ts';

const GROUP = 'users.digests';

/** Keeps the digests that are asked for until they are sent; `wake` is told that there are some. Of what was sent already it is said again. */
export function digestConsumer(
  { database, eventLog }: Pick<UsersParts, 'database' | 'eventLog'>,
  wake: () => void,
): Consumer {
  return {
    group: GROUP,
    topics: [ASKED_TOPIC],
    async handle(events) {
      await database.transaction(
        async (transaction) => {
          const asked = askedBy(await firstTime(transaction, GROUP, events));
          if (asked.length === 0) return;
          const sent = await keepDigests(transaction, asked);
          await eventLog.append(
            transaction,
            sent.map(({ id: digestId, userId }) => makeEvent(digestSent, userId, { userId, digestId })),
          );
          transaction.afterCommit(wake);
        },
        { durable: false },
      );
    },
  };
}
