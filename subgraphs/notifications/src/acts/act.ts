/** What somebody does that somebody else is told of. */
export type ActKind = 'LIKE' | 'RETWEET' | 'QUOTE' | 'REPLY' | 'MENTION' | 'FOLLOW' | 'FOLLOW_REQUEST' | 'MODERATION';

/** The subject of what is about no tweet. */
export const NO_TWEET = '0';

/** Who did what a moderator decides: nobody is told which one. */
export const NOBODY = '0';

/** Acts of one kind about one subject within so many milliseconds, counted from the beginning of time, are one entry. */
export const WINDOW_MS = 300_000;

const GROUPED: ReadonlySet<ActKind> = new Set(['LIKE', 'RETWEET', 'FOLLOW', 'FOLLOW_REQUEST']);

/** What one batch of events says of one act. */
export interface Act {
  readonly recipientId: string;
  readonly kind: ActKind;
  readonly subjectId: string;
  readonly actorId: string;
  /** When it was done, in Unix milliseconds; or undone, should nothing be known of when it was done. */
  readonly atMs: number;
  /** Of a retweet its id: of several by one account the newest counts. Else null. */
  readonly sourceId: string | null;
  /** False when it was undone. */
  readonly stands: boolean;
}

/** The entry that an act belongs to, among those of its kind and subject. */
export function partOf(kind: ActKind, atMs: number): number {
  return GROUPED.has(kind) ? Math.floor(atMs / WINDOW_MS) : 0;
}

/** What two tellings of the same act come to, the second of which was told later. */
function merge(first: Act, second: Act): Act {
  const { atMs } = first;
  if (first.sourceId === null || second.sourceId === null) return { ...second, atMs };
  const [one, other] = [BigInt(first.sourceId), BigInt(second.sourceId)];
  // Undoing beats doing, in whatever order they are told.
  if (one === other) return { ...second, atMs, stands: first.stands && second.stands };
  return { ...(one > other ? first : second), atMs };
}

/** One act for each of the acts told, in whatever order the retweets among them come. */
export function mergeActs(acts: readonly Act[]): Act[] {
  const merged = new Map<string, Act>();
  for (const act of acts) {
    const key = [act.recipientId, act.kind, act.subjectId, act.actorId].join();
    const known = merged.get(key);
    merged.set(key, known ? merge(known, act) : act);
  }
  return [...merged.values()];
}
