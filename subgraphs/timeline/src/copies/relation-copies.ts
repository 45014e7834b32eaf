import { statement, type Transaction } from '@starling/platform/postgres';
import { type KnownEvent, only } from '../events.ts';
import { lockChanges } from './lock-changes.ts';
import { switchAuthors } from './pull-marks.ts';

/** Pairs of accounts as two columns, for `unnest`. */
type Columns = [from: string[], to: string[]];

/** What the last event of each pair of accounts says: the pairs that stand now, and those that do not. */
function lastOfEachPair<Event>(events: readonly Event[], pairOf: (event: Event) => readonly [string, string]): Event[] {
  return [...new Map(events.map((event) => [pairOf(event).join(), event])).values()];
}

function columns<Event>(events: readonly Event[], pairOf: (event: Event) => readonly [string, string]): Columns {
  const pairs = events.map(pairOf);
  return [pairs.map(([from]) => from), pairs.map(([, to]) => to)];
}

// Rows in the order of ids, so that two transactions never wait for each other crosswise.
const newVersions = (changed: string) => `
  INSERT INTO timeline.graph_versions AS known (user_id, version)
  SELECT follower_id, nextval('timeline.graph_changes')
  FROM (SELECT DISTINCT follower_id FROM ${changed}) changing ORDER BY follower_id
  ON CONFLICT (user_id) DO UPDATE SET version = excluded.version`;

const newCounts = (changed: string, sign: '+' | '-') => `
  INSERT INTO timeline.follower_counts AS known (user_id, followers)
  SELECT followee_id, ${sign}count(*) FROM ${changed} GROUP BY followee_id ORDER BY followee_id
  ON CONFLICT (user_id) DO UPDATE SET followers = known.followers + excluded.followers`;

const addFollows = statement(
  'timeline.addFollows',
  `WITH added AS (
     INSERT INTO timeline.follows (follower_id, followee_id) SELECT * FROM unnest($1::bigint[], $2::bigint[])
     ON CONFLICT DO NOTHING RETURNING follower_id, followee_id
   ), counts AS (${newCounts('added', '+')})
   ${newVersions('added')}`,
);

const removeFollows = statement(
  'timeline.removeFollows',
  `WITH removed AS (
     DELETE FROM timeline.follows f USING unnest($1::bigint[], $2::bigint[]) AS gone (follower_id, followee_id)
     WHERE f.follower_id = gone.follower_id AND f.followee_id = gone.followee_id RETURNING f.follower_id, f.followee_id
   ), counts AS (${newCounts('removed', '-')})
   ${newVersions('removed')}`,
);

const addBlocks = statement(
  'timeline.addBlocks',
  `INSERT INTO timeline.blocks (blocker_id, blocked_id) SELECT * FROM unnest($1::bigint[], $2::bigint[])
   ON CONFLICT DO NOTHING`,
);

const removeBlocks = statement(
  'timeline.removeBlocks',
  `DELETE FROM timeline.blocks b USING unnest($1::bigint[], $2::bigint[]) AS gone (blocker_id, blocked_id)
   WHERE b.blocker_id = gone.blocker_id AND b.blocked_id = gone.blocked_id`,
);

const setMutes = statement(
  'timeline.setMutes',
  `INSERT INTO timeline.mutes (muter_id, muted_id, until, only_retweets)
   SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::boolean[])
   ON CONFLICT (muter_id, muted_id) DO UPDATE SET until = excluded.until, only_retweets = excluded.only_retweets`,
);

const removeMutes = statement(
  'timeline.removeMutes',
  `DELETE FROM timeline.mutes m USING unnest($1::bigint[], $2::bigint[]) AS gone (muter_id, muted_id)
   WHERE m.muter_id = gone.muter_id AND m.muted_id = gone.muted_id`,
);

/** Copies follows, counts followers, and in the same transaction switches the authors whose number of them calls for it. */
export async function copyFollows(transaction: Transaction, events: readonly KnownEvent[]): Promise<void> {
  const pairOf = ({ payload }: KnownEvent<'user.followed.v1' | 'user.unfollowed.v1'>) =>
    [payload.followerId, payload.followeeId] as const;
  const last = lastOfEachPair(only(events, 'user.followed.v1', 'user.unfollowed.v1'), pairOf);
  const added = only(last, 'user.followed.v1');
  const removed = only(last, 'user.unfollowed.v1');
  if (last.length === 0) return;
  await lockChanges(transaction);
  if (added.length > 0) await transaction.query(addFollows, columns(added, pairOf));
  if (removed.length > 0) await transaction.query(removeFollows, columns(removed, pairOf));
  await switchAuthors(transaction, [...new Set(last.map(({ payload }) => payload.followeeId))]);
}

export async function copyBlocks(transaction: Transaction, events: readonly KnownEvent[]): Promise<void> {
  const pairOf = ({ payload }: KnownEvent<'user.blocked.v1' | 'user.unblocked.v1'>) =>
    [payload.blockerId, payload.blockedId] as const;
  const last = lastOfEachPair(only(events, 'user.blocked.v1', 'user.unblocked.v1'), pairOf);
  const added = only(last, 'user.blocked.v1');
  const removed = only(last, 'user.unblocked.v1');
  if (added.length > 0) await transaction.query(addBlocks, columns(added, pairOf));
  if (removed.length > 0) await transaction.query(removeBlocks, columns(removed, pairOf));
}

export async function copyMutes(transaction: Transaction, events: readonly KnownEvent[]): Promise<void> {
  const pairOf = ({ payload }: KnownEvent<'user.muted.v1' | 'user.unmuted.v1'>) =>
    [payload.muterId, payload.mutedId] as const;
  const last = lastOfEachPair(only(events, 'user.muted.v1', 'user.unmuted.v1'), pairOf);
  const muted = only(last, 'user.muted.v1');
  const unmuted = only(last, 'user.unmuted.v1');
  if (muted.length > 0) {
    const until = muted.map(({ payload }) => payload.until);
    const onlyRetweets = muted.map(({ payload }) => payload.onlyRetweets);
    await transaction.query(setMutes, [...columns(muted, pairOf), until, onlyRetweets]);
  }
  if (unmuted.length > 0) await transaction.query(removeMutes, columns(unmuted, pairOf));
}
