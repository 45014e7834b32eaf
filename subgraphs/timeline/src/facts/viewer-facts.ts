import { type Queryable, statement } from '@starling/platform/postgres';
import { AccountSet } from './account-set.ts';
import { highOf, lowOf } from './halves.ts';

/** Accounts that a viewer follows, at most, to be remembered; and of blocks and mutes each. */
const MOST_FOLLOWED = 20_000;
const MOST_HIDDEN = 2_000;

interface Mute {
  /** On the clock of whoever reads; infinite when it does not end by itself. */
  readonly endsAt: number;
  readonly onlyRetweets: boolean;
}

/** What decides which entries stand in one viewer's home, as far as it is the viewer's own; all of one moment. */
export interface ViewerFacts {
  readonly viewerId: string;
  /** The number of the last change of what the viewer follows. */
  readonly graphVersion: bigint;
  /** The halves of the viewer's id. */
  readonly viewerHigh: number;
  readonly viewerLow: number;
  /** The viewer, and whom the viewer follows. */
  readonly circle: AccountSet;
  /** Whoever is in `blocked` or `mutes`: no block and no mute hides what others did. */
  readonly hidden: AccountSet;
  /** Accounts with a block between them and the viewer, in either direction. */
  readonly blocked: ReadonlySet<string>;
  readonly mutes: ReadonlyMap<string, Mute>;
  /** The viewer has muted words: what says them is found out by SQL. */
  readonly mutesWords: boolean;
  /** False when there is too much of something to be remembered: then nothing of it is here. */
  readonly isWhole: boolean;
}

// Lists as one text: a driver takes many times as long to read an array of thousands.
const getViewerFactsStatement = statement(
  'timeline.getViewerFacts',
  `SELECT viewer.id AS "viewerId",
     coalesce((SELECT version FROM timeline.graph_versions WHERE user_id = viewer.id), 0) AS "graphVersion",
     (SELECT string_agg(followee_id::text, ',' ORDER BY followee_id) FROM (
        SELECT followee_id FROM timeline.follows
        WHERE follower_id = viewer.id ORDER BY followee_id LIMIT ${MOST_FOLLOWED + 1}) f) AS followed,
     (SELECT string_agg(account::text, ',') FROM (
        (SELECT blocked_id AS account FROM timeline.blocks WHERE blocker_id = viewer.id LIMIT ${MOST_HIDDEN + 1})
        UNION
        (SELECT blocker_id FROM timeline.blocks WHERE blocked_id = viewer.id LIMIT ${MOST_HIDDEN + 1})) b) AS blocked,
     (SELECT json_agg(json_build_object('id', muted_id::text, 'onlyRetweets', only_retweets,
        'ms', extract(epoch FROM until - now()) * 1000)) FROM (
        SELECT muted_id, only_retweets, until FROM timeline.mutes
        WHERE muter_id = viewer.id AND (until IS NULL OR until > now()) LIMIT ${MOST_HIDDEN + 1}) m) AS mutes,
     EXISTS (SELECT FROM timeline.muted_keywords k
        WHERE k.muter_id = viewer.id AND (k.until IS NULL OR k.until > now())) AS "mutesWords"
   FROM unnest($1::bigint[]) AS viewer (id)`,
);

interface ViewerFactsRow {
  readonly viewerId: string;
  readonly graphVersion: string;
  readonly followed: string | null;
  readonly blocked: string | null;
  readonly mutes: readonly { readonly id: string; readonly onlyRetweets: boolean; readonly ms: number | null }[] | null;
  readonly mutesWords: boolean;
}

const NO_ACCOUNTS = new AccountSet([]);
const NOTHING = {
  circle: NO_ACCOUNTS,
  hidden: NO_ACCOUNTS,
  blocked: new Set<string>(),
  mutes: new Map<string, Mute>(),
};

/** Of who is signed out. */
export const NOBODY: ViewerFacts = {
  ...NOTHING,
  viewerId: '',
  viewerHigh: highOf(0n),
  viewerLow: lowOf(0n),
  graphVersion: 0n,
  mutesWords: false,
  isWhole: true,
};

function toFacts(row: ViewerFactsRow, now: number): ViewerFacts {
  const { viewerId, mutesWords, mutes: muted } = row;
  const viewer = BigInt(viewerId);
  const own = {
    viewerId,
    viewerHigh: highOf(viewer),
    viewerLow: lowOf(viewer),
    graphVersion: BigInt(row.graphVersion),
    mutesWords,
  };
  const followed = row.followed?.split(',') ?? [];
  const blocked = row.blocked?.split(',') ?? [];
  if (followed.length > MOST_FOLLOWED || Math.max(blocked.length, muted?.length ?? 0) > MOST_HIDDEN) {
    return { ...own, ...NOTHING, isWhole: false };
  }
  const mutes = new Map(
    muted?.map(({ id, onlyRetweets, ms }) => [
      id,
      { onlyRetweets, endsAt: ms === null ? Number.POSITIVE_INFINITY : now + ms },
    ]),
  );
  return {
    ...own,
    circle: new AccountSet([viewer, ...followed.map(BigInt)]),
    hidden: new AccountSet([...blocked, ...mutes.keys()].map(BigInt)),
    blocked: new Set(blocked),
    mutes,
    isWhole: true,
  };
}

/** One answer per viewer. `now` is the clock on which mutes end. */
export async function getViewerFacts(
  database: Queryable,
  viewerIds: readonly string[],
  now: () => number,
): Promise<ViewerFacts[]> {
  const began = now();
  const rows = await database.query<ViewerFactsRow>(getViewerFactsStatement, [viewerIds]);
  return rows.map((row) => toFacts(row, began));
}

/** How much there is to remember, in ids. */
export function sizeOfFacts(facts: ViewerFacts | null): number {
  return 20 + (facts ? facts.circle.size + 10 * (facts.blocked.size + facts.mutes.size) : 0);
}
