import { type Queryable, statement } from '../postgres/database.ts';
import { BEGINNING } from './postgres/offset.ts';

const rewind = statement(
  'platform.rewindForTests',
  `update platform.consumer_offsets
   set seen = $2::pg_snapshot, window_snapshot = null, window_position = null, window_end = null
   where consumer_group = $1`,
);

/** Makes the log deliver everything to a stored group again, as after the loss of its offset. Waits for its batch to end. */
export async function redeliverForTests(database: Queryable, group: string): Promise<void> {
  await database.query(rewind, [group, BEGINNING]);
}
