import { buildSubgraphSchema } from '@apollo/subgraph';
import { createHotMemory } from '@starling/platform/cache';
import { consumerToBe } from '@starling/platform/event-log';
import type { Parts, Subgraph } from '@starling/platform/graphql';
import { accountCopies } from './consumers/account-copies.ts';
import { followCounts } from './consumers/follow-counts.ts';
import { forgetCounts } from './consumers/forget-counts.ts';
import { forgetRelations } from './consumers/forget-relations.ts';
import { createContext } from './context.ts';
import { createCountReader } from './count-reader.ts';
import { resolvers } from './generated/resolvers.ts';
import { typeDefs } from './generated/type-defs.ts';
import { createRelationReader } from './relation-reader.ts';

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

export function createSocialGraph(
  parts: Pick<Parts, 'database' | 'eventLog' | 'snowflakes'> & Partial<Pick<Parts, 'memory'>>,
  { maxFollowing = 5_000, maxMutedKeywords = 200, maxLists = 1_000, maxListMembers = 5_000 }: SocialGraphOptions = {},
): Subgraph {
  const { database, eventLog, snowflakes, memory = createHotMemory() } = parts;
  const copies = consumerToBe('The social graph');
  const counts = consumerToBe('The social graph');
  const relationsCache = consumerToBe('The social graph');
  const countsCache = consumerToBe('The social graph');
  const readers = {
    relationReader: createRelationReader({ database, memory }),
    countReader: createCountReader(database, memory),
  };
  const limits = { maxFollowing, maxMutedKeywords, maxLists, maxListMembers };
  const commands = { database, eventLog, snowflakes, ...limits, accountCopies: copies };

  return {
    name: 'social-graph',
    // The generated type says more of each resolver than Apollo's can hold.
    schema: buildSubgraphSchema({ typeDefs, resolvers: resolvers as never }),
    // How many follow whom is no secret, whoever may see who they are.
    sameForAll: { User: { ofRow: [], ofReference: ['followerCount', 'followingCount'] } },
    createContext: (identity, signal) =>
      createContext({ commands, readers, follows: [counts, relationsCache, countsCache] }, identity, signal),
    async start() {
      await copies.start(eventLog.consume(accountCopies(database, eventLog)));
      await counts.start(eventLog.consume(followCounts(database)));
      await relationsCache.start(eventLog.consume(forgetRelations(readers.relationReader)));
      await countsCache.start(eventLog.consume(forgetCounts(readers.countReader, counts)));
      // What was remembered before they began may have changed unheard.
      memory.clear();
    },
    async stop() {
      // Those that wait for others end first.
      await Promise.all([relationsCache.stop(), countsCache.stop()]);
      await Promise.all([copies.stop(), counts.stop()]);
    },
  };
}
