import { SecondChance } from './second-chance.ts';

export interface HotRowsOptions<Row> {
  /** Entries kept at most, known absences included; what is not used goes first. With `sizeOf`, their sizes together. */
  readonly max: number;
  /** How much of `max` a row takes; a whole number of 1 or more. */
  readonly sizeOf?: (row: Row | null) => number;
}

/** A read of the source that is under way. */
export interface Reading<Row, Key = string> {
  /** Keeps what the source said (null: nothing there), unless the key was forgotten since the read began. */
  fill(key: Key, row: Row | null): void;
  /** Has to be called in the end, whatever came of the read. */
  end(): void;
}

/**
 * Rows in the memory of this process, by key, that nobody changes afterwards. Whoever changes a row somewhere makes every
 * process forget it, by an event; what was read by a statement that began before that is not kept after it.
 */
export interface HotRows<Row, Key = string> {
  /** Null for what is known not to exist, undefined for what is not known. */
  get(key: Key): Row | null | undefined;
  /** Called before the source is asked. */
  beginRead(): Reading<Row, Key>;
  forget(keys: Iterable<Key>): void;
  /** Forgets everything. */
  clear(): void;
  /** Entries at this moment. */
  readonly size: number;
}

/** A read during which more was forgotten than this keeps nothing. */
const MOST_FORGOTTEN = 10_000;

/** What was forgotten since a read began; null: everything. */
interface Forgotten<Key> {
  keys: Set<Key> | null;
}

export function createHotRows<Row, Key = string>({ max, sizeOf }: HotRowsOptions<Row>): HotRows<Row, Key> {
  const rows = new SecondChance<Key, Row | null>(max);
  const underWay = new Set<Forgotten<Key>>();

  return {
    get: (key) => rows.get(key),
    beginRead() {
      const forgotten: Forgotten<Key> = { keys: new Set() };
      underWay.add(forgotten);
      return {
        fill(key, row) {
          if (forgotten.keys && !forgotten.keys.has(key)) rows.set(key, row, sizeOf?.(row));
        },
        end: () => void underWay.delete(forgotten),
      };
    },
    forget(keys) {
      for (const key of keys) {
        rows.delete(key);
        for (const forgotten of underWay) {
          forgotten.keys?.add(key);
          if (forgotten.keys && forgotten.keys.size > MOST_FORGOTTEN) forgotten.keys = null;
        }
      }
    },
    clear() {
      rows.clear();
      for (const forgotten of underWay) forgotten.keys = null;
    },
    get size() {
      return rows.size;
    },
  };
}
