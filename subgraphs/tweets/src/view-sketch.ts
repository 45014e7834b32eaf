import { createHash } from 'node:crypto';

/** Registers of a sketch: a power of two. The standard error of an estimate is 1.04 / √2,048, or 2.3%. */
const REGISTERS = 2_048;
const INDEX_BITS = 11n;
const RANK_BITS = 64n - INDEX_BITS;
const ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);
/** As long as at most so many registers are set, they are kept as pairs. */
const MOST_PAIRS = 600;
const PAIR_BYTES = 3;

/** Which registers are set, and how high: how many different things were seen, and nothing of which. */
export type Sketch = Map<number, number>;

/** Takes something in; the same again changes nothing. Whatever is counted together is hashed alike. */
export function addToSketch(sketch: Sketch, thing: string): void {
  const hash = createHash('sha256').update(thing).digest().readBigUInt64BE();
  const index = Number(hash >> RANK_BITS);
  const rest = hash & ((1n << RANK_BITS) - 1n);
  const rank = Number(RANK_BITS) - (rest === 0n ? 0 : rest.toString(2).length) + 1;
  if (rank > (sketch.get(index) ?? 0)) sketch.set(index, rank);
}

/** What either has seen. */
export function mergeSketches(one: Sketch, other: Sketch): Sketch {
  const merged = new Map(one);
  for (const [index, rank] of other) if (rank > (merged.get(index) ?? 0)) merged.set(index, rank);
  return merged;
}

/** About how many different things were taken in (HyperLogLog; by empty registers as long as many are). */
export function estimate(sketch: Sketch): number {
  const empty = REGISTERS - sketch.size;
  let sum = empty;
  for (const rank of sketch.values()) sum += 2 ** -rank;
  const raw = (ALPHA * REGISTERS * REGISTERS) / sum;
  return Math.round(empty > 0 && raw <= 2.5 * REGISTERS ? REGISTERS * Math.log(REGISTERS / empty) : raw);
}

/** Three bytes for each register that is set, or one for each of all when that is shorter. */
export function encodeSketch(sketch: Sketch): Buffer {
  if (sketch.size > MOST_PAIRS) {
    const dense = Buffer.alloc(REGISTERS);
    for (const [index, rank] of sketch) dense[index] = rank;
    return dense;
  }
  const pairs = Buffer.alloc(sketch.size * PAIR_BYTES);
  let place = 0;
  for (const [index, rank] of sketch) {
    pairs.writeUInt16BE(index, place);
    pairs[place + 2] = rank;
    place += PAIR_BYTES;
  }
  return pairs;
}

export function decodeSketch(bytes: Buffer): Sketch {
  const sketch: Sketch = new Map();
  if (bytes.length === REGISTERS) {
    for (const [index, rank] of bytes.entries()) if (rank > 0) sketch.set(index, rank);
    return sketch;
  }
  for (let place = 0; place + PAIR_BYTES <= bytes.length; place += PAIR_BYTES) {
    sketch.set(bytes.readUInt16BE(place), bytes[place + 2] ?? 0);
  }
  return sketch;
}
