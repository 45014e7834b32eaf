import type { EntryRow } from '../facts/entry-rows.ts';
import type { HomeFacts, ProfileFacts } from '../facts/home-facts.ts';
import type { Stretch } from '../stretch.ts';
import { between } from '../timeline-cache/sorted-ids.ts';
import { PINNED_PLACE, type ProfileEntry, type ProfileStretch } from './profile-source.ts';

function listed(entry: EntryRow): ProfileEntry {
  return { ...entry, place: entry.id, isPinned: false };
}

/** The pinned tweet, when it stands in the stretch and is the account's own. */
async function pinnedIn({ head, shown }: ProfileFacts, userId: string, { direction, from, to }: Stretch) {
  const [newer, older] = direction === 'older' ? [from, to] : [to, from];
  if (head.pinned === null || PINNED_PLACE >= newer || PINNED_PLACE <= older) return [];
  const [entry] = await shown(BigInt64Array.of(head.pinned), 1);
  return entry?.actorId === userId ? [{ ...listed(entry), place: String(PINNED_PLACE), isPinned: true }] : [];
}

/**
 * The visible entries of a stretch, in the order of reading; undefined where that takes more than is remembered. Facts have to
 * be up to date before the call.
 */
export async function rememberedStretch(
  facts: HomeFacts,
  viewerId: string | null,
  { userId, filter, stretch }: ProfileStretch,
): Promise<ProfileEntry[] | undefined> {
  const known = await facts.ofProfile(viewerId, userId, filter);
  if (!known) return undefined;
  const { direction, from, to, limit } = stretch;
  const { ids, completeDownTo } = known.head;
  const lastBelow = completeDownTo - 1n;
  if (direction === 'older') {
    const pinned = await pinnedIn(known, userId, stretch);
    const entries = await known.shown(between(ids, from, to), limit - pinned.length);
    const rows = [...pinned, ...entries.map(listed)];
    return rows.length < limit && to < lastBelow ? undefined : rows;
  }
  if (from < lastBelow) return undefined;
  const entries = await known.shown(between(ids, to, from).toReversed(), limit);
  const pinned = entries.length < limit ? await pinnedIn(known, userId, stretch) : [];
  return [...entries.map(listed), ...pinned];
}
