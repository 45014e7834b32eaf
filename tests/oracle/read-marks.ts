import type { Model } from './model.ts';
import { type Notified, notificationsOf, stands } from './notified.ts';

interface Mark {
  readonly upTo: bigint;
  /** Its place in the order of things. */
  readonly order: number;
  /** What had certainly been announced by then: it is read whatever joins it later. */
  readonly announced: ReadonlySet<string>;
}

/**
 * What people have marked as read. An entry is announced by the first thing done in it while it may be shown; when exactly,
 * the product decides by itself where things are done and hidden in quick succession. So there are entries of which only the
 * product knows whether they arrived before or after a mark.
 */
export class ReadMarks {
  private readonly marks = new Map<string, Mark[]>();
  private lookedAt = 0;
  /** Without a break, by the name of the entry, for each account. */
  private readonly shownSince = new Map<string, Map<string, number>>();

  constructor(private readonly model: Model) {}

  /** To be told after everything that is done. */
  look(): void {
    for (const viewer of this.model.accounts) {
      const before = this.shownSince.get(viewer);
      const shown = notificationsOf(this.model, viewer).map(({ key }) => key);
      this.shownSince.set(viewer, new Map(shown.map((key) => [key, before?.get(key) ?? this.lookedAt])));
    }
    this.lookedAt = this.model.now;
  }

  mark(viewer: string, upTo: string): void {
    const since = this.shownSince.get(viewer);
    const announced = notificationsOf(this.model, viewer).filter(({ key, ever }) =>
      ever.some((act) => stands(this.model, act) && act.last >= (since?.get(key) ?? Number.POSITIVE_INFINITY)),
    );
    const mark = { upTo: BigInt(upTo), order: this.model.now, announced: new Set(announced.map(({ key }) => key)) };
    this.marks.set(viewer, [...(this.marks.get(viewer) ?? []), mark]);
  }

  /** Undefined where it depends on when it was announced. `isAlone`: it is the only entry of its name. */
  isRead(viewer: string, id: string, { key, ever }: Notified, isAlone: boolean): boolean | undefined {
    const covering = (this.marks.get(viewer) ?? []).filter(({ upTo }) => BigInt(id) <= upTo);
    if (covering.length === 0) return false;
    const isCertain = ({ order, announced }: Mark) =>
      ever.every(({ last }) => last < order) || (isAlone && announced.has(key));
    return covering.some(isCertain) ? true : undefined;
  }
}
