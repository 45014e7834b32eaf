import { buildSubgraphSchema } from '@apollo/subgraph';
import type { RunningConsumer } from '@starling/platform/event-log';
import type { Parts, Subgraph } from '@starling/platform/graphql';
import { accountCopies } from './consumers/account-copies.ts';
import { followCounts } from './consumers/follow-counts.ts';
import { createContext } from './context.ts';
import { resolvers } from './generated/resolvers.ts';
import { typeDefs } from './generated/type-defs.ts';

export interface SocialGraphOptions {
  /** How many accounts one may follow; 5,000 when not given. Who follows more already keeps them. */
  readonly maxFollowing?: number;
  /** How many keywords one may mute; 200 when not given. */
  readonly maxMutedKeywords?: number;
  /** How many lists one may make; 1,000 when not given. */
  readonly maxLists?: number;
  /** How many members a list may have; 5,000 when not given. */
  readonly maxListMembers?: number;
}

/** What stands in a consumer's place until it runs. */
function notStarted(): RunningConsumer {
  const refuse = () => Promise.reject(new Error('The social graph has not been started.'));
  return { caughtUp: refuse, stop: async () => {} };
}

export function createSocialGraph(
  parts: Pick<Parts, 'database' | 'eventLog' | 'snowflakes'>,
  { maxFollowing = 5_000, maxMutedKeywords = 200, maxLists = 1_000, maxListMembers = 5_000 }: SocialGraphOptions = {},
): Subgraph {
  const { database, eventLog, snowflakes } = parts;
  let copies = notStarted();
  let counts = notStarted();
  const limits = { maxFollowing, maxMutedKeywords, maxLists, maxListMembers };
  const commands = { database, eventLog, snowflakes, ...limits, accountCopies: { caughtUp: () => copies.caughtUp() } };

  return {
    name: 'social-graph',
    // The generated type says more of each resolver than Apollo's can hold.
    schema: buildSubgraphSchema({ typeDefs, resolvers: resolvers as never }),
    createContext: (identity, signal) =>
      createContext(commands, { caughtUp: () => counts.caughtUp() }, identity, signal),
    async start() {
      copies = await eventLog.consume(accountCopies(database, eventLog));
      counts = await eventLog.consume(followCounts(database));
    },
    async stop() {
      await Promise.all([copies.stop(), counts.stop()]);
    },
  };
}
