/** What may be there already. */
export type Soon<Value> = Value | Promise<Value>;

/** `next` of the value: at once when it is there, without a promise. */
export function after<Value, Next>(value: Soon<Value>, next: (value: Value) => Soon<Next>): Soon<Next> {
  return value instanceof Promise ? value.then(next) : next(value);
}
