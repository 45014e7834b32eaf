export type ActKind = 'LIKE' | 'RETWEET' | 'QUOTE' | 'REPLY' | 'MENTION' | 'FOLLOW' | 'FOLLOW_REQUEST';

/** Between which two moments of the clock something was done, in Unix milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What somebody does that somebody else is told of. What is done once more stays where it was first done. */
export interface Act {
  readonly kind: ActKind;
  readonly recipient: string;
  /** The tweet that it is about; null when it is about none. */
  readonly tweet: string | null;
  readonly actor: string;
  /** Place in the order of things of when it was first done, and of when it was last. */
  readonly first: number;
  last: number;
  /** When it was first done: somewhere between question and answer. */
  span: Span;
}

type Done = Pick<Act, 'kind' | 'recipient' | 'tweet' | 'actor'>;

/** What is grouped by time, but for the time. */
export const keyOf = ({ kind, tweet }: Pick<Act, 'kind' | 'tweet'>) => `${kind} ${tweet ?? ''}`;

/** What is done within so many milliseconds of the clock, of one kind and to one tweet, is one entry. */
export const WINDOW_MS = 300_000;

const UNKNOWN: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** All that anybody ever did to somebody else. Whether it stands is another matter. */
export class Acts {
  private readonly known = new Map<string, Act>();
  private untimed: Act[] = [];

  did(done: Done, order: number): void {
    const { kind, recipient, tweet, actor } = done;
    if (actor === recipient) return;
    const name = [kind, recipient, tweet, actor].join();
    const known = this.known.get(name);
    if (known) {
      known.last = order;
    } else {
      const act = { ...done, first: order, last: order, span: UNKNOWN };
      this.known.set(name, act);
      this.untimed.push(act);
    }
  }

  /** What was done since the last call was done in this time. */
  timed(span: Span): void {
    for (const act of this.untimed) act.span = span;
    this.untimed = [];
  }

  /** The latest first; what was done at the same time in the order of ids, the larger first. */
  to(recipient: string): Act[] {
    return [...this.known.values()]
      .filter((act) => act.recipient === recipient)
      .sort((a, b) => b.first - a.first || (BigInt(a.actor) < BigInt(b.actor) ? 1 : -1));
  }
}
