interface Entry<Value> {
  readonly value: Value;
  readonly size: number;
  /** Whether it was used since it last had its turn to go. */
  isUsed: boolean;
}

/**
 * Entries by key, of a bounded size together. When room is needed, a hand goes over them, in the order in which they came: what
 * was used since it last passed stays for another round, what was not goes. To use an entry costs a look-up and no more.
 */
export class SecondChance<Key, Value> {
  readonly #max: number;
  readonly #entries = new Map<Key, Entry<Value>>();
  // A map's iterator goes on where it was, whatever is added or taken away meanwhile.
  #hand = this.#entries.entries();
  #taken = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (!entry.isUsed) entry.isUsed = true;
    return entry.value;
  }

  /** What is larger than all of the room is not kept. */
  set(key: Key, value: Value, size = 1): void {
    this.delete(key);
    if (size > this.#max) return;
    while (this.#taken + size > this.#max) this.#letOneGo();
    this.#entries.set(key, { value, size, isUsed: false });
    this.#taken += size;
  }

  delete(key: Key): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#taken -= entry.size;
  }

  clear(): void {
    this.#entries.clear();
    this.#taken = 0;
  }

  #letOneGo(): void {
    for (;;) {
      const next = this.#hand.next();
      if (next.done) {
        this.#hand = this.#entries.entries();
        continue;
      }
      const [key, entry] = next.value;
      if (!entry.isUsed) {
        this.delete(key);
        return;
      }
      entry.isUsed = false;
    }
  }
}
