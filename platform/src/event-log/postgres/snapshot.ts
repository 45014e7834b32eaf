/** Whether a transaction, by its number, was over when a snapshot was taken: what `pg_visible_in_snapshot` says. */
export type Sees = (transaction: string) => boolean;

/** Reads a `pg_snapshot` as text: the oldest transaction under way, the next that will begin, and all that are under way. */
export function seenIn(snapshot: string): Sees {
  const [oldest = '', next = '', listed = ''] = snapshot.split(':');
  const [xmin, xmax, underWay] = [BigInt(oldest), BigInt(next), new Set(listed.split(','))];
  return (transaction) => {
    const number = BigInt(transaction);
    return number < xmin || (number < xmax && !underWay.has(transaction));
  };
}
