import { buildSubgraphSchema } from '@apollo/subgraph';
import { consumerToBe } from '@starling/platform/event-log';
import type { Parts, Subgraph } from '@starling/platform/graphql';
import { createContext } from './context.ts';
import { copies } from './copies/copies.ts';
import { resolvers } from './generated/resolvers.ts';
import { typeDefs } from './generated/type-defs.ts';
import { announcementConsumer } from './live/announcement-consumer.ts';
import { liveNotifications } from './live/live-notifications.ts';

export function createNotifications(
  parts: Pick<Parts, 'database' | 'eventLog'> & Partial<Pick<Parts, 'logger'>>,
): Subgraph {
  const { database, eventLog, logger } = parts;
  const keptCopies = consumerToBe('The notifications');
  const announcements = consumerToBe('The notifications');
  const live = liveNotifications({ database, copies: keptCopies, logger });

  return {
    name: 'notifications',
    // The generated type says more of each resolver than Apollo's can hold.
    schema: buildSubgraphSchema({ typeDefs, resolvers: resolvers as never }),
    createContext: (identity) => createContext({ database, copies: keptCopies, live }, identity),
    async start() {
      await keptCopies.start(eventLog.consume(copies(database)));
      // Nothing can be read before the copies are up to date.
      await keptCopies.caughtUp();
      await announcements.start(eventLog.consume(announcementConsumer(keptCopies, live.tail)));
    },
    async stop() {
      live.endAll();
      // What waits for the copies ends first.
      await announcements.stop();
      await keptCopies.stop();
    },
  };
}
