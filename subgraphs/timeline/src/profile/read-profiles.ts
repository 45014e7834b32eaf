import { fillIn } from '@starling/platform/batching';
import type { Database } from '@starling/platform/postgres';
import type { HomeFacts } from '../facts/home-facts.ts';
import { listProfileStretches, type ProfileEntry, type ProfileStretch } from './profile-source.ts';
import { rememberedStretch } from './remembered-profile.ts';

/** The visible entries of each stretch, from memory as far as it goes; copies and facts have to be up to date before the call. */
export async function readProfiles(
  { database, facts }: { readonly database: Database; readonly facts: HomeFacts },
  viewerId: string | null,
  stretches: readonly ProfileStretch[],
): Promise<ProfileEntry[][]> {
  const remembered = await Promise.all(stretches.map((stretch) => rememberedStretch(facts, viewerId, stretch)));
  return fillIn(stretches, remembered, (rest) => listProfileStretches(database, viewerId, rest));
}
