/** One answer for each that is asked: what is known of it, and for the rest, read together, what `read` answers in their order. */
export async function fillIn<Asked, Answer>(
  asked: readonly Asked[],
  known: readonly (Answer | undefined)[],
  read: (rest: readonly Asked[]) => Promise<readonly Answer[]>,
): Promise<Answer[]> {
  const rest = asked.filter((_, at) => known[at] === undefined);
  const found = rest.length > 0 ? await read(rest) : [];
  let next = 0;
  return asked.map((_, at) => known[at] ?? (found[next++] as Answer));
}
