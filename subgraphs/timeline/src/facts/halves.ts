/*
 * Ids as two signed 32-bit numbers each. Numbers of that size lie in the object that has them, so that to compare them looks at
 * nothing else in memory, and maps find them soonest: texts and BigInts are objects of their own.
 */

const SIGN = 1 << 31;
/** Of the two halves of a 64-bit number, the one that comes first in this machine's memory. */
const LOW = new Int32Array(BigInt64Array.of(1n).buffer)[0] === 1 ? 0 : 1;

/** The upper half. */
export function highOf(id: bigint): number {
  return Number(id >> 32n);
}

/** The lower half with its first bit turned: so that halves, as signed numbers, have the order of ids. */
export function lowOf(id: bigint): number {
  return Number(BigInt.asIntN(32, id)) ^ SIGN;
}

/** The halves of many ids, without a BigInt for each. */
export class Halves {
  readonly #words: Int32Array;

  constructor(ids: BigInt64Array) {
    this.#words = new Int32Array(ids.buffer, ids.byteOffset, 2 * ids.length);
  }
  highAt(place: number): number {
    return this.#words[2 * place + 1 - LOW] as number;
  }
  lowAt(place: number): number {
    return (this.#words[2 * place + LOW] as number) ^ SIGN;
  }
}
