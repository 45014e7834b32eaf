/** A number from 0 up to 2^32, the same for the same parts: what is made up is the same wherever it is asked for. */
export function hash(...parts: readonly unknown[]): number {
  const text = parts.join('\u0001');
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

/** True once in `times`, for the same parts always or never. */
export function oneIn(times: number, ...parts: readonly unknown[]): boolean {
  return hash(...parts) % times === 0;
}

/** A row of decisions that one number decides. */
export interface Chance {
  /** From 0 up to, not including, `limit`. */
  below(limit: number): number;
  oneIn(times: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
}

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit: number) => next() % limit;
  return {
    below,
    oneIn: (times) => below(times) === 0,
    pick: (values) => {
      const value = values[below(values.length)];
      if (value === undefined) throw new Error('There is nothing to pick from.');
      return value;
    },
  };
}
