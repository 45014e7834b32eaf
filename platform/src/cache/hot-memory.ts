import { createHotRows, type HotRows, type HotRowsOptions } from './hot-rows.ts';

export interface HotMemoryOptions {
  /** Every part's bound is multiplied by this; 1 when not given. */
  readonly scale?: number;
}

/** What a process keeps in memory, in parts that are bounded one by one. */
export interface HotMemory {
  rows<Row, Key = string>(options: HotRowsOptions<Row>): HotRows<Row, Key>;
  /** Forgets all parts. */
  clear(): void;
}

export function createHotMemory({ scale = 1 }: HotMemoryOptions = {}): HotMemory {
  const parts: { clear(): void }[] = [];
  return {
    rows<Row, Key>(options: HotRowsOptions<Row>) {
      const part = createHotRows<Row, Key>({ ...options, max: Math.max(1, Math.floor(options.max * scale)) });
      parts.push(part);
      return part;
    },
    clear() {
      for (const part of parts) part.clear();
    },
  };
}
