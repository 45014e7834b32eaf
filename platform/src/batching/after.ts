/** What may be there already. */
export type Soon<Value> = Value | Promise<Value>;

/** `next` of the value: at once when it is there, without a promise. */
export function after<Value, Next>(value: Soon<Value>, next: (value: Value) => Soon<Next>): Soon<Next> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** All of the values: at once when every one is there, without a promise. */
export function all<const Values extends readonly unknown[]>(
  values: Values,
): Soon<{ -readonly [At in keyof Values]: Awaited<Values[At]> }> {
  type All = { -readonly [At in keyof Values]: Awaited<Values[At]> };
  return values.some((value) => value instanceof Promise) ? Promise.all(values) : (values as unknown as All);
}
