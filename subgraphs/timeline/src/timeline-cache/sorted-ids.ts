/** Lists of ids, newest first, each id once. */

export function newer(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

export function older(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** The first index whose id is older than `id`, or the same. */
export function indexFrom(ids: BigInt64Array, id: bigint): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] as bigint) > id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Ids strictly between the two, newest first: a view of `ids`. */
export function between(ids: BigInt64Array, newer: bigint, older: bigint): BigInt64Array {
  return ids.subarray(indexFrom(ids, newer - 1n), indexFrom(ids, older));
}

export function newestFirst(ids: Iterable<bigint>): BigInt64Array {
  return BigInt64Array.from(new Set(ids)).sort().reverse();
}

/** All lists in one, down to `floor`. */
export function mergeAll(lists: readonly BigInt64Array[], floor: bigint): BigInt64Array {
  const parts = lists.map((ids) => ids.subarray(0, indexFrom(ids, floor - 1n))).filter(({ length }) => length > 0);
  // Pairwise, so that each id is moved as often as the number of lists has binary digits.
  while (parts.length > 1) parts.push(merge(parts.shift() as BigInt64Array, parts.shift() as BigInt64Array));
  return parts[0] ?? new BigInt64Array();
}

/** Both lists in one. */
export function merge(a: BigInt64Array, b: BigInt64Array): BigInt64Array {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const merged = new BigInt64Array(a.length + b.length);
  let length = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const left = a[i];
    const right = b[j];
    const next = right === undefined || (left !== undefined && left >= right) ? left : right;
    if (left === next) i++;
    if (right === next) j++;
    merged[length++] = next as bigint;
  }
  return merged.subarray(0, length);
}
