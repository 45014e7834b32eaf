import type { AnswerHead } from './answer-reader.ts';
import type { Direction, Entry, ListPart } from './list-store.ts';

/** Less than 0 where the first comes first: the greater position does. */
function compare(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < a.length; at++) {
    const [left, right] = [BigInt(a[at] as string), BigInt(b[at] as string)];
    if (left !== right) return left > right ? -1 : 1;
  }
  return 0;
}

/** How many of the entries, from the first on, come before the position; with `inclusive`, or stand there. */
function countBefore(entries: readonly Entry[], position: readonly string[], inclusive: boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compare((entries[middle] as Entry).position, position);
    if (order < 0 || (inclusive && order === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** At most `size` entries of a stretch of the list, as `answersFor` lists them; undefined where that takes more than its head. */
export function rememberedPart(
  { entries, isWhole }: AnswerHead,
  { after, before }: ListPart,
  direction: Direction,
  size: number,
): Entry[] | undefined {
  const start = after ? countBefore(entries, after, true) : 0;
  const end = before ? countBefore(entries, before, false) : entries.length;
  const isBounded = isWhole || end < entries.length;
  if (direction === 'forward') {
    const found = entries.slice(start, Math.min(end, start + size));
    return found.length === size || isBounded ? found : undefined;
  }
  return isBounded ? entries.slice(Math.max(start, end - size), Math.max(start, end)).reverse() : undefined;
}
