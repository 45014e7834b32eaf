import type { EntityCache } from './entity-cache.ts';

export interface ReadThroughOptions<Value> {
  readonly cache: EntityCache;
  readonly keyOf: (id: string) => string;
  /** What the source has of these; asked once, for all that the cache does not know. */
  readonly read: (ids: readonly string[]) => Promise<readonly (readonly [id: string, value: Value])[]>;
}

/** What there is of these: one look into the cache, and one question for what it misses. What there is not is cached, too. */
export async function readThrough<Value>(
  ids: readonly string[],
  { cache, keyOf, read }: ReadThroughOptions<Value>,
): Promise<Map<string, Value>> {
  const { found, fill } = await cache.lookUp<Value>(ids.map(keyOf));
  const values = new Map<string, Value>();
  const missing: string[] = [];
  for (const [at, id] of ids.entries()) {
    const cached = found[at];
    if (cached === undefined) missing.push(id);
    else if (cached !== null) values.set(id, cached);
  }
  if (missing.length > 0) {
    for (const [id, value] of await read(missing)) values.set(id, value);
    await fill(missing.map((id) => [keyOf(id), values.get(id) ?? null]));
  }
  return values;
}
