import type { Soon } from '@starling/platform/batching';
import { type HotMemory, sharedReader } from '@starling/platform/cache';
import type { Database } from '@starling/platform/postgres';
import {
  type CircleRow,
  getCirclesByViewerIds,
  getFollowsByPairs,
  getProtectionsByUserIds,
  MOST_IN_CIRCLE,
  type Pair,
  type Protection,
} from './circle-store.ts';
import { getRelationsByUserIds } from './relation-store.ts';
import { NO_RELATION, type Relation } from './visibility/relation.ts';

/** Ids that a process remembers of viewers: whom they block and mute, about 80 bytes each. */
const IDS_OF_VIEWERS = 500_000;
/** Accounts of which it remembers whether they are protected. */
const ACCOUNTS = 100_000;
/** Pairs of a viewer and a protected account of which it remembers whether one follows the other. */
const PAIRS = 100_000;

/** What hides anything from one viewer because of whom it is of. */
interface Circle {
  readonly viewerId: string;
  readonly blocking: ReadonlySet<string>;
  readonly blockedBy: ReadonlySet<string>;
  /** When each mute ends, on the clock of the reader. */
  readonly muting: ReadonlyMap<string, number>;
  /** When it was read; those words may not be muted any more. */
  readonly mutesWords: boolean;
  /** False when there are too many to be kept: then it holds none of them. */
  readonly isWhole: boolean;
}

/** Whose facts have changed. */
export interface ChangedRelations {
  readonly viewerIds: readonly string[];
  readonly accountIds: readonly string[];
  readonly pairs: readonly Pair[];
}

/** How viewers stand to authors, through the memory of the process: nothing that is kept of one viewer is read for another. */
export interface RelationReader {
  /** Undefined when memory does not have all that it takes. A viewer that is null is signed out. */
  peek(viewerId: string | null, userId: string): Relation | undefined;
  /** One answer per id. */
  read(viewerId: string | null, userIds: readonly string[]): Promise<Relation[]>;
  /** False when the viewer has muted no words: then nobody needs to be asked what tweets say. */
  mayMuteWords(viewerId: string | null): Soon<boolean>;
  forget(changed: ChangedRelations): void;
}

export interface RelationReaderOptions {
  readonly database: Database;
  readonly memory: HotMemory;
  /** Milliseconds on a clock that never steps back. */
  readonly now?: () => number;
}

const NOBODY: Circle = {
  viewerId: '',
  blocking: new Set(),
  blockedBy: new Set(),
  muting: new Map(),
  mutesWords: false,
  isWhole: true,
};

function circleOf({ viewerId, blocking, blockedBy, muting, mutesWords }: CircleRow, now: number): Circle {
  const mutes = Object.entries(muting);
  const isWhole = Math.max(blocking.length, blockedBy.length, mutes.length) <= MOST_IN_CIRCLE;
  const own = { viewerId, mutesWords, isWhole };
  if (!isWhole) return { ...NOBODY, ...own };
  const ends = mutes.map(([id, ms]) => [id, ms === null ? Number.POSITIVE_INFINITY : now + ms] as const);
  return { ...own, blocking: new Set(blocking), blockedBy: new Set(blockedBy), muting: new Map(ends) };
}

const sizeOf = (circle: Circle | null) =>
  5 + (circle ? circle.blocking.size + circle.blockedBy.size + circle.muting.size : 0);

const keyOf = ({ followerId, followeeId }: Pair) => `${followerId}>${followeeId}`;
const pairOf = (key: string): Pair => {
  const [followerId = '', followeeId = ''] = key.split('>');
  return { followerId, followeeId };
};

export function createRelationReader(options: RelationReaderOptions): RelationReader {
  const { database, memory, now = () => performance.now() } = options;
  const circles = sharedReader<Circle>(
    memory.rows({ max: IDS_OF_VIEWERS, sizeOf }),
    async (viewerIds) => {
      const began = now();
      return (await getCirclesByViewerIds(database, viewerIds)).map((row) => circleOf(row, began));
    },
    ({ viewerId }) => viewerId,
  );
  const protections = sharedReader<Protection>(
    memory.rows({ max: ACCOUNTS }),
    (userIds) => getProtectionsByUserIds(database, userIds),
    ({ userId }) => userId,
  );
  const follows = sharedReader<Pair>(
    memory.rows({ max: PAIRS }),
    (keys) => getFollowsByPairs(database, keys.map(pairOf)),
    keyOf,
  );

  function relationOf({ blocking, blockedBy, muting }: Circle, userId: string, isShutOut: boolean): Relation {
    const isBlocking = blocking.has(userId);
    const isBlockedBy = blockedBy.has(userId);
    const mutedUntil = muting.get(userId);
    const isMuting = mutedUntil !== undefined && mutedUntil > now();
    // Nearly always.
    if (!isBlocking && !isBlockedBy && !isMuting && !isShutOut) return NO_RELATION;
    return { isBlocking, isBlockedBy, isMuting, isShutOut };
  }

  /** Those of the protected accounts that the viewer does not follow. */
  async function closedTo(viewerId: string | null, userIds: readonly string[]): Promise<ReadonlySet<string>> {
    const closed = (await protections.read(userIds)).flatMap((row) => (row?.isProtected ? [row.userId] : []));
    if (viewerId === null || closed.length === 0) return new Set(closed);
    const found = await follows.read(closed.map((followeeId) => keyOf({ followerId: viewerId, followeeId })));
    return new Set(closed.filter((_, index) => found[index] === null));
  }

  async function askForEach(viewerId: string, userIds: readonly string[]): Promise<Relation[]> {
    const rows = await getRelationsByUserIds(database, viewerId, userIds);
    const byId = new Map(rows.map(({ userId, ...relation }) => [userId, relation]));
    return userIds.map((id) => byId.get(id) ?? NO_RELATION);
  }

  return {
    peek(viewerId, userId) {
      const circle = viewerId === null ? NOBODY : circles.peek(viewerId);
      const account = protections.peek(userId);
      if (!circle?.isWhole || !account) return undefined;
      if (!account.isProtected || viewerId === null) return relationOf(circle, userId, account.isProtected);
      const follow = follows.peek(keyOf({ followerId: viewerId, followeeId: userId }));
      return follow === undefined ? undefined : relationOf(circle, userId, follow === null);
    },
    async read(viewerId, userIds) {
      const [[circle = NOBODY], closed] = await Promise.all([
        viewerId === null ? [NOBODY] : circles.read([viewerId]),
        closedTo(viewerId, userIds),
      ]);
      if (viewerId !== null && !circle?.isWhole) return askForEach(viewerId, userIds);
      return userIds.map((id) => relationOf(circle ?? NOBODY, id, closed.has(id)));
    },
    mayMuteWords(viewerId) {
      if (viewerId === null) return false;
      const circle = circles.peek(viewerId);
      return circle ? circle.mutesWords : circles.read([viewerId]).then(([read]) => read?.mutesWords !== false);
    },
    forget({ viewerIds, accountIds, pairs }) {
      circles.forget(viewerIds);
      protections.forget(accountIds);
      follows.forget(pairs.map(keyOf));
    },
  };
}
