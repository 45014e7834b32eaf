/** What a look-up found, and the way to fill in what it did not find. */
export interface CacheLookUp<Value> {
  /** One answer per key: the value, `null` for what is known not to exist, `undefined` for what is not known. */
  readonly found: readonly (Value | null | undefined)[];
  /**
   * Keeps what the source said (`null`: nothing there) of keys that were looked up; others are left alone. So is a key
   * that was deleted from the cache after this look-up began: what was read of it may be older than the deletion.
   */
  fill(entries: readonly (readonly [key: string, value: Value | null])[]): Promise<void>;
}

/** Entities by key, for a while: JSON values that nobody changes afterwards. Bounded: the least recently used goes first. */
export interface EntityCache {
  lookUp<Value>(keys: readonly string[]): Promise<CacheLookUp<Value>>;
  deleteMany(keys: readonly string[]): Promise<void>;
  /** Forgets everything. */
  clear(): Promise<void>;
}
