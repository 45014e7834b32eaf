import type { Transaction } from '@starling/platform/postgres';
import type { ToldAct } from '../acts/act-store.ts';
import { type EntryKey, entryId, keyOf, type WantedEntry } from './entry.ts';
import {
  addEntries,
  announce,
  type KnownEntry,
  listBeginnings,
  listKnownEntries,
  removeEntries,
} from './entry-store.ts';

/** So many entries of one millisecond that begin alike there are not. */
const MOST_ATTEMPTS = 100;

function touchedBy(acts: readonly ToldAct[]): EntryKey[] {
  const touched = acts.filter(({ stands, actorId, recipientId }) => stands && actorId !== recipientId);
  return [...new Map(touched.map((act) => [keyOf(act), act])).values()];
}

async function addAll(transaction: Transaction, entries: readonly KnownEntry[]): Promise<void> {
  let missing = entries;
  for (let attempt = 0; missing.length > 0; attempt++) {
    if (attempt === MOST_ATTEMPTS) throw new Error('There is no id left for a notification of this millisecond.');
    const tried = missing.map((entry) => ({ ...entry, id: entryId(entry, attempt) }));
    const added = new Set((await addEntries(transaction, tried)).map(keyOf));
    missing = tried.filter((entry) => !added.has(keyOf(entry)));
  }
}

/**
 * Gives every entry that these acts belong to, and every milestone, the place that follows from all that is known: a new one
 * is added, and one that turns out to have begun earlier moves there. Then those that are fit to be shown for the first time
 * are announced.
 */
export async function settleEntries(
  transaction: Transaction,
  acts: readonly ToldAct[],
  milestones: readonly WantedEntry[],
): Promise<void> {
  const touched = touchedBy(acts);
  const wanted = [...(touched.length > 0 ? await listBeginnings(transaction, touched) : []), ...milestones];
  if (wanted.length === 0) return;
  const known = new Map((await listKnownEntries(transaction, wanted)).map((entry) => [keyOf(entry), entry]));
  const misplaced = wanted.filter((entry) => {
    const place = known.get(keyOf(entry));
    return place === undefined || BigInt(entry.beganMs) < BigInt(place.beganMs);
  });
  const moved = misplaced.filter((entry) => known.has(keyOf(entry)));
  if (moved.length > 0) await removeEntries(transaction, moved);
  await addAll(
    transaction,
    misplaced.map((entry) => ({ ...entry, announced: known.get(keyOf(entry))?.announced ?? null })),
  );
  await announce(transaction, wanted);
}
