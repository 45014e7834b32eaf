import type { AnswerReader } from './answer-reader.ts';
import type { CountReader } from './count-reader.ts';
import { answersFor, type Entry, type ListEntries } from './list-store.ts';
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
    const found: (Entry[] | undefined)[] = [];
    if (!(await relationReader.mayMuteWords(viewerId))) {
      const heads = await answerReader.read(parts.map(({ ownerId }) => ownerId));
      for (const [at, part] of parts.entries()) {
        const head = heads[at];
        found.push(head && rememberedPart(head, part, direction, size));
      }
    }
    const rest = parts.filter((_, at) => !found[at]);
    if (rest.length === 0) return found as Entry[][];
    await countReader.answersInPlace(rest.map(({ ownerId }) => ownerId));
    const listed = await listBySql(database, rest, direction, size);
    const bySql = new Map(rest.map((part, at) => [part, listed[at]]));
    return parts.map((part, at) => found[at] ?? bySql.get(part) ?? []);
  };
}
