import { badUserInput } from '../graphql/errors.ts';
import { decodeCursor } from './cursor.ts';

/** A page of which nothing is said, and the longest that there is. */
export const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;

export interface ConnectionArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** What a store is asked for: at most `limit` rows strictly beyond `after` (or strictly short of `before`), in this direction. */
export interface PageRequest<Position> {
  readonly limit: number;
  readonly direction: 'forward' | 'backward';
  readonly after: Position | undefined;
  readonly before: Position | undefined;
}

/**
 * Reads Relay's arguments for one list. `list` names the list and whose it is (`home:42`): a cursor of another list is
 * refused, as is `first` or `last` outside 1-100, both at once, or a malformed cursor (`BAD_USER_INPUT`, naming the argument).
 */
export function readPage(
  list: string,
  args: ConnectionArguments,
  isPosition?: (position: string[]) => boolean,
): PageRequest<string[]> {
  const { first, last, after, before } = args;
  if (first != null && last != null) throw badUserInput('last', 'Ask for either first or last, not both.');
  const backward = last != null || (first == null && before != null && after == null);
  const limit = (backward ? last : first) ?? DEFAULT_PAGE_SIZE;
  if (limit < 1 || limit > MAX_PAGE_SIZE) {
    throw badUserInput(backward ? 'last' : 'first', `A page has 1 to ${MAX_PAGE_SIZE} entries.`);
  }
  return {
    limit,
    direction: backward ? 'backward' : 'forward',
    after: after == null ? undefined : decodeCursor(list, 'after', after, isPosition),
    before: before == null ? undefined : decodeCursor(list, 'before', before, isPosition),
  };
}
