import { type HotMemory, type HotReader, sharedReader } from '@starling/platform/cache';
import type { Database } from '@starling/platform/postgres';
import { getRelations, type Pair, type Relation } from './relation-store.ts';

/** Pairs of a viewer and an account that a process remembers, about 300 bytes each. */
const REMEMBERED = 100_000;

interface Remembered {
  readonly key: string;
  readonly relation: Relation;
  /** When the mute ends, on the clock of the reader; infinite when it does not end by itself. */
  readonly muteEndsAt: number;
}

/** Kept and asked for by both, so that nothing of one viewer is answered to another. */
export const relationKey = ({ viewerId, userId }: Pair): string => `${viewerId}>${userId}`;

function pairOf(key: string): Pair {
  const [viewerId = '', userId = ''] = key.split('>');
  return { viewerId, userId };
}

export interface RelationReaderOptions {
  readonly database: Database;
  readonly memory: HotMemory;
  /** Milliseconds on a clock that never steps back. */
  readonly now?: () => number;
}

/** How viewers stand to accounts, through the memory of the process; a mute that is remembered ends when its time is over. */
export function createRelationReader(options: RelationReaderOptions): HotReader<Relation> {
  const { database, memory, now = () => performance.now() } = options;
  const remembered = sharedReader<Remembered>(
    memory.rows({ max: REMEMBERED }),
    async (keys) => {
      const began = now();
      return (await getRelations(database, keys.map(pairOf))).map(({ mutedForMs, ...relation }) => ({
        key: relationKey(relation),
        relation,
        muteEndsAt: mutedForMs === null ? Number.POSITIVE_INFINITY : began + mutedForMs,
      }));
    },
    ({ key }) => key,
  );

  const atThisMoment = ({ relation, muteEndsAt }: Remembered): Relation =>
    !relation.isMuting || muteEndsAt > now()
      ? relation
      : { ...relation, isMuting: false, mutedUntil: null, isMutingRetweets: false };

  return {
    peek(key) {
      const known = remembered.peek(key);
      return known && atThisMoment(known);
    },
    read: async (keys) => (await remembered.read(keys)).map((known) => known && atThisMoment(known)),
    forget: remembered.forget,
    forgetAll: remembered.forgetAll,
  };
}
