import type { Soon } from '@starling/platform/batching';
import { type Facts, obstacle } from '@starling/visibility';
import type { Entry } from '../list-store.ts';
import { factsOf, type Relation } from './relation.ts';

export type ToldEntry = Pick<Entry, 'userId' | 'isDeleted' | 'saysMuted' | 'quotesMutedOf'>;

/** What the rules ask about an entry of a list that somebody reads; signed out, the reader is null. */
export function entryFacts(viewerId: string | null, relationByUserId: (userId: string) => Soon<Relation>) {
  /** A quote says what it quotes, but only to those who may see that. */
  async function quotesMuted({ quotesMutedOf = null }: ToldEntry): Promise<boolean> {
    if (quotesMutedOf === null || quotesMutedOf === viewerId) return false;
    return obstacle('lookUp', factsOf(await relationByUserId(quotesMutedOf))) === undefined;
  }

  return async (entry: ToldEntry): Promise<Facts> => {
    const { userId, isDeleted, saysMuted = false } = entry;
    const facts = { ...factsOf(await relationByUserId(userId)), isDeleted };
    if (userId === viewerId) return facts;
    return { ...facts, saysMuted: saysMuted || (await quotesMuted(entry)) };
  };
}
