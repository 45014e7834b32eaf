import { Halves } from './halves.ts';

/** Accounts, to be looked up by the halves of their ids. */
export class AccountSet {
  /** High and low by turns, ascending. */
  readonly #halves: Int32Array;

  constructor(ids: Iterable<bigint>) {
    const sorted = BigInt64Array.from(ids).sort();
    this.#halves = new Int32Array(2 * sorted.length);
    const halves = new Halves(sorted);
    for (let at = 0; at < sorted.length; at++) {
      this.#halves[2 * at] = halves.highAt(at);
      this.#halves[2 * at + 1] = halves.lowAt(at);
    }
  }

  get size(): number {
    return this.#halves.length / 2;
  }

  has(high: number, low: number): boolean {
    const halves = this.#halves;
    let from = 0;
    let to = halves.length >>> 1;
    while (from < to) {
      const middle = (from + to) >>> 1;
      const difference = (halves[2 * middle] as number) - high || (halves[2 * middle + 1] as number) - low;
      if (difference === 0) return true;
      if (difference < 0) from = middle + 1;
      else to = middle;
    }
    return false;
  }
}
