import { statement, type Transaction } from '@starling/platform/postgres';
import { type KnownEvent, only } from '../events.ts';

/** Pairs of accounts as two columns, for `unnest`. */
type Columns = [from: string[], to: string[]];

/** What the last event of each pair of accounts says. */
function lastOfEachPair<Event>(events: readonly Event[], pairOf: (event: Event) => readonly [string, string]): Event[] {
  return [...new Map(events.map((event) => [pairOf(event).join(), event])).values()];
}

function columns<Event>(events: readonly Event[], pairOf: (event: Event) => readonly [string, string]): Columns {
  const pairs = events.map(pairOf);
  return [pairs.map(([from]) => from), pairs.map(([, to]) => to)];
}

const addPairs = (table: string, from: string, to: string) => `
  INSERT INTO notifications.${table} (${from}, ${to}) SELECT * FROM unnest($1::bigint[], $2::bigint[])
  ON CONFLICT DO NOTHING`;

const removePairs = (table: string, from: string, to: string) => `
  DELETE FROM notifications.${table} known USING unnest($1::bigint[], $2::bigint[]) AS gone (a, b)
  WHERE known.${from} = gone.a AND known.${to} = gone.b`;

const addFollows = statement('notifications.addFollows', addPairs('follows', 'follower_id', 'followee_id'));
const removeFollows = statement('notifications.removeFollows', removePairs('follows', 'follower_id', 'followee_id'));
const addBlocks = statement('notifications.addBlocks', addPairs('blocks', 'blocker_id', 'blocked_id'));
const removeBlocks = statement('notifications.removeBlocks', removePairs('blocks', 'blocker_id', 'blocked_id'));
const removeMutes = statement('notifications.removeMutes', removePairs('mutes', 'muter_id', 'muted_id'));
const setMutes = statement(
  'notifications.setMutes',
  `INSERT INTO notifications.mutes (muter_id, muted_id, until, only_retweets)
   SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::boolean[])
   ON CONFLICT (muter_id, muted_id) DO UPDATE SET until = excluded.until, only_retweets = excluded.only_retweets`,
);

export async function copyFollows(transaction: Transaction, events: readonly KnownEvent[]): Promise<void> {
  const pairOf = ({ payload }: KnownEvent<'user.followed.v1' | 'user.unfollowed.v1'>) =>
    [payload.followerId, payload.followeeId] as const;
  const last = lastOfEachPair(only(events, 'user.followed.v1', 'user.unfollowed.v1'), pairOf);
  const added = only(last, 'user.followed.v1');
  const removed = only(last, 'user.unfollowed.v1');
  if (added.length > 0) await transaction.query(addFollows, columns(added, pairOf));
  if (removed.length > 0) await transaction.query(removeFollows, columns(removed, pairOf));
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
