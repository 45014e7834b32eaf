const values = new WeakSet<object>();

/**
 * Marks a value that a stream delivers to many readers: it is the same object for all of them, and whoever executes the
 * subscription on it may do so once for those for whom the answer is the same.
 */
export function forEverybody<Value extends object>(value: Value): Value {
  values.add(value);
  return value;
}

export function isForEverybody(value: unknown): value is object {
  return typeof value === 'object' && value !== null && values.has(value);
}
