import { createHash } from 'node:crypto';
import { makeSnowflake, SEQUENCES, WRITERS } from '@starling/platform/snowflake';
import type { ActKind } from '../acts/act.ts';

export type EntryKind = ActKind | 'MILESTONE';

/** What is one notification: acts of one kind about one subject, in one part of time; or a milestone that was reached. */
export interface EntryKey {
  readonly recipientId: string;
  readonly kind: EntryKind;
  readonly subjectId: string;
  readonly part: string;
}

/** An entry as its acts have it. */
export interface WantedEntry extends EntryKey {
  /** When the first act was done, in Unix milliseconds. */
  readonly beganMs: string;
}

export const keyOf = ({ recipientId, kind, subjectId, part }: EntryKey): string =>
  [recipientId, kind, subjectId, part].join();

/**
 * The id of an entry follows from what it is and when it began, so that whoever makes it again, from the same events in
 * whatever order, makes the same. The writer and sequence of the Snowflake are a digest; `attempt` counts the digests, should
 * another entry of the same millisecond have been given the same.
 */
export function entryId(entry: WantedEntry, attempt: number): string {
  const digest = createHash('sha256')
    .update(`${keyOf(entry)},${attempt}`)
    .digest();
  return makeSnowflake({
    ms: Number(entry.beganMs),
    kind: 'notification',
    writer: digest.readUInt32BE(0) % WRITERS,
    sequence: digest.readUInt32BE(4) % SEQUENCES,
  });
}
