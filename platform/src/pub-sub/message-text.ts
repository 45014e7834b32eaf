/** A message of more UTF-16 units than this is refused: it belongs into a table, and its id into the message. */
const MAX_UNITS = 1_000_000;

/** A message as JSON. Throws a TypeError for what is no JSON value, and a RangeError for what is too large. */
export function toText(message: unknown): string {
  const text = JSON.stringify(message);
  if (text === undefined) throw new TypeError('A message is a JSON value.');
  if (text.length > MAX_UNITS) {
    throw new RangeError(`A message has at most ${MAX_UNITS} characters as JSON; this one has ${text.length}.`);
  }
  return text;
}
