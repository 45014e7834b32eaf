import DataLoader from 'dataloader';

/** Loads by key, each key once. */
export interface Loader<Value, Key = string> {
  load(key: Key): Promise<Value>;
}

/** A loader that is made when it is first asked: a request asks few of those that there are for it. */
export function lazily<Value, Key = string>(make: () => Loader<Value, Key>): Loader<Value, Key> {
  let loader: Loader<Value, Key> | undefined;
  return {
    load(key) {
      loader ??= make();
      return loader.load(key);
    },
  };
}

/** A loader of one row per key: `getRows` takes all keys of a tick in one go; a key without a row loads null. */
export function byPrimaryKey<Row>(
  getRows: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): Loader<Row | null> {
  return lazily(
    () =>
      new DataLoader(async (keys) => {
        const rows = new Map((await getRows(keys)).map((row) => [keyOf(row), row]));
        return keys.map((key) => rows.get(key) ?? null);
      }),
  );
}

/** A loader of the rows that belong to a key, in the order in which `getRows` gives them. */
export function byForeignKey<Row>(
  getRows: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): Loader<Row[]> {
  return lazily(
    () =>
      new DataLoader(async (keys) => {
        const groups = new Map<string, Row[]>(keys.map((key) => [key, []]));
        for (const row of await getRows(keys)) groups.get(keyOf(row))?.push(row);
        return keys.map((key) => groups.get(key) ?? []);
      }),
  );
}
