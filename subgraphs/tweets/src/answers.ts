import { fillIn } from '@starling/platform/batching';
import type { AnswerReader } from './answer-reader.ts';
import type { CountReader } from './count-reader.ts';
import { answersFor, type ListEntries, type ListPart } from './list-store.ts';
import type { RelationReader } from './relation-reader.ts';
import { rememberedPart } from './remembered-answers.ts';

export interface AnswerParts {
  readonly viewerId: string | null;
  readonly relationReader: Pick<RelationReader, 'mayMuteWords'>;
  readonly answerReader: AnswerReader;
  readonly countReader: Pick<CountReader, 'answersInPlace'>;
}

/**
 * What answers a tweet, as the viewer meets it, from what is remembered as far as that goes. Who has muted words has it read by
 * SQL, which looks at what answers say. Copies, and what is remembered, have to be up to date before the call.
 */
export function listAnswers({ viewerId, relationReader, answerReader, countReader }: AnswerParts): ListEntries {
  const listBySql = answersFor(viewerId);
  return async (database, parts, direction, size) => {
    const hasMutedWords = await relationReader.mayMuteWords(viewerId);
    const heads = hasMutedWords ? [] : await answerReader.read(parts.map(({ ownerId }) => ownerId));
    const remembered = heads.map((head, at) => rememberedPart(head, parts[at] as ListPart, direction, size));
    return fillIn(parts, remembered, async (rest) => {
      await countReader.answersInPlace(rest.map(({ ownerId }) => ownerId));
      return listBySql(database, rest, direction, size);
    });
  };
}
