import type { Transaction } from '@starling/platform/postgres';
import type { ToldAct } from '../acts/act-store.ts';
import { type EntryKey, entryId, keyOf, type WantedEntry } from './entry.ts';
import { addEntries, announce, listPlaces, type NewEntry, type Place, removeEntries } from './entry-store.ts';

/** So many entries of one millisecond that begin alike there are not. */
const MOST_ATTEMPTS = 100;

function touchedBy(acts: readonly ToldAct[]): EntryKey[] {
  const touched = acts.filter(({ stands, actorId, recipientId }) => stands && actorId !== recipientId);
  return [...new Map(touched.map((act) => [keyOf(act), act])).values()];
}

async function addAll(transaction: Transaction, entries: readonly (Place & Pick<NewEntry, 'late'>)[]): Promise<void> {
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
 * is added, and one that turns out to have begun earlier moves there, unread if it was. Then those that are fit to be shown for the first time
 * are announced: answers their numbers.
 */
export async function settleEntries(
  transaction: Transaction,
  acts: readonly ToldAct[],
  milestones: readonly WantedEntry[],
): Promise<string[]> {
  const wanted = [...touchedBy(acts), ...milestones];
  if (wanted.length === 0) return [];
  const places = await listPlaces(transaction, wanted);
  const moved = places.filter(({ beganMs, knownMs }) => knownMs !== null && BigInt(beganMs) < BigInt(knownMs));
  const unread = new Set(moved.length > 0 ? (await removeEntries(transaction, moved)).map(keyOf) : []);
  const missing = [...places.filter(({ knownMs }) => knownMs === null), ...moved];
  await addAll(
    transaction,
    missing.map((place) => ({ ...place, late: unread.has(keyOf(place)) })),
  );
  const silent = places.filter(({ announced }) => announced === null);
  return silent.length > 0 ? announce(transaction, silent) : [];
}
