/** Numbers that look random and are the same at every start: mulberry32 over one seed. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number from 0 to `size - 1`. */
  below(size: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** An index, each with the chance that its weight has among all; undefined when all weights are 0. */
  weighted(weights: readonly number[]): number | undefined;
}

export function seededRandom(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (size: number) => Math.floor(next() * size);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('There is nothing to pick from.');
      return item;
    },
    weighted(weights) {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0);
      for (const [index, weight] of weights.entries()) {
        if (weight > 0 && left < weight) return index;
        left -= weight;
      }
      return undefined;
    },
  };
}
