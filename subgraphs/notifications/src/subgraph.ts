import { buildSubgraphSchema } from '@apollo/subgraph';
import type { RunningConsumer } from '@starling/platform/event-log';
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
  let running: { copies: RunningConsumer; live: RunningConsumer } | undefined;

  const keptCopies = {
    async caughtUp() {
      if (!running) throw new Error('The notifications have not been started.');
      await running.copies.caughtUp();
    },
  };
  const live = liveNotifications({ database, copies: keptCopies, logger });

  return {
    name: 'notifications',
    // The generated type says more of each resolver than Apollo's can hold.
    schema: buildSubgraphSchema({ typeDefs, resolvers: resolvers as never }),
    createContext: (identity) => createContext({ database, copies: keptCopies, live }, identity),
    async start() {
      const runningCopies = await eventLog.consume(copies(database));
      // Nothing can be read before the copies are up to date.
      await runningCopies.caughtUp();
      running = {
        copies: runningCopies,
        live: await eventLog.consume(announcementConsumer(runningCopies, live.tail)),
      };
    },
    async stop() {
      live.endAll();
      // What waits for the copies ends first.
      await running?.live.stop();
      await running?.copies.stop();
      running = undefined;
    },
  };
}
