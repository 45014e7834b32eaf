import { statement, type Transaction } from '@starling/platform/postgres';
import { type KnownEvent, only } from '../events.ts';

const removeLists = statement(
  'timeline.removeLists',
  'DELETE FROM timeline.list_members WHERE list_id = ANY($1::bigint[])',
);

const addMembers = statement(
  'timeline.addListMembers',
  `INSERT INTO timeline.list_members (list_id, user_id) SELECT * FROM unnest($1::bigint[], $2::bigint[])
   ON CONFLICT DO NOTHING`,
);

const removeMembers = statement(
  'timeline.removeListMembers',
  `DELETE FROM timeline.list_members m USING unnest($1::bigint[], $2::bigint[]) AS gone (list_id, user_id)
   WHERE m.list_id = gone.list_id AND m.user_id = gone.user_id`,
);

type MemberEvent = KnownEvent<'list.member-added.v1' | 'list.member-removed.v1'>;

const columns = (events: readonly MemberEvent[]) => [
  events.map(({ payload }) => payload.listId),
  events.map(({ payload }) => payload.userId),
];

/** A list comes once: what is told of its members stands in order, and nothing of them comes after its deletion. */
export async function copyListMembers(transaction: Transaction, events: readonly KnownEvent[]): Promise<void> {
  const deleted = new Set(only(events, 'list.deleted.v1').map(({ payload }) => payload.listId));
  const members = only(events, 'list.member-added.v1', 'list.member-removed.v1').filter(
    ({ payload }) => !deleted.has(payload.listId),
  );
  const last = [
    ...new Map(members.map((event) => [`${event.payload.listId} ${event.payload.userId}`, event])).values(),
  ];
  const [added, removed] = [only(last, 'list.member-added.v1'), only(last, 'list.member-removed.v1')];
  if (deleted.size > 0) await transaction.query(removeLists, [[...deleted]]);
  if (added.length > 0) await transaction.query(addMembers, columns(added));
  if (removed.length > 0) await transaction.query(removeMembers, columns(removed));
}
