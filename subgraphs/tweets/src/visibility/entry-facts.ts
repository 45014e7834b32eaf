import { after, type Soon } from '@starling/platform/batching';
import { type Facts, NOTHING_HIDES, obstacle } from '@starling/visibility';
import type { Entry } from '../list-store.ts';
import { factsOf, NO_RELATION, type Relation } from './relation.ts';

export type ToldEntry = Pick<Entry, 'userId' | 'isDeleted' | 'saysMuted' | 'quotesMutedOf'>;

/** What the rules ask about an entry of a list that somebody reads; signed out, the reader is null. */
export function entryFacts(viewerId: string | null, relationByUserId: (userId: string) => Soon<Relation>) {
  /** A quote says what it quotes, but only to those who may see that. */
  function quotesMuted({ quotesMutedOf = null }: ToldEntry): Soon<boolean> {
    if (quotesMutedOf === null || quotesMutedOf === viewerId) return false;
    return after(relationByUserId(quotesMutedOf), (relation) => obstacle('lookUp', factsOf(relation)) === undefined);
  }

  return (entry: ToldEntry): Soon<Facts> =>
    after(relationByUserId(entry.userId), (relation): Soon<Facts> => {
      const { userId, isDeleted, saysMuted = false, quotesMutedOf = null } = entry;
      const isOwn = userId === viewerId;
      // Nearly always.
      if (relation === NO_RELATION && !isDeleted && (isOwn || (!saysMuted && quotesMutedOf === null)))
        return NOTHING_HIDES;
      const facts = { ...factsOf(relation), isDeleted };
      if (isOwn) return facts;
      return saysMuted
        ? { ...facts, saysMuted }
        : after(quotesMuted(entry), (quotes) => ({ ...facts, saysMuted: quotes }));
    });
}
