import { Edge } from '@starling/platform/pagination';
import { retweeterOf, tweetOf } from '../entry.ts';
import type { TimelineReason } from '../generated/types.ts';
import type { HomeEntry } from './mix-popular.ts';

/** An entry of the viewer's home, as GraphQL is told of it. */
export class HomeEdge extends Edge {
  readonly node: ReturnType<typeof tweetOf>;
  readonly #viewerId: string;
  readonly #entry: HomeEntry;

  constructor(list: string, viewerId: string, entry: HomeEntry) {
    super(list);
    this.node = tweetOf(entry);
    this.#viewerId = viewerId;
    this.#entry = entry;
  }
  get retweetedBy(): ReturnType<typeof retweeterOf> {
    return retweeterOf(this.#entry);
  }
  /** Why it is there. */
  get reason(): TimelineReason {
    const { kind, actorId, isPopular } = this.#entry;
    if (isPopular) return 'POPULAR';
    if (actorId === this.#viewerId) return 'OWN';
    return kind === 'retweet' ? 'RETWEETED_BY_FOLLOWED' : 'FOLLOWED';
  }
  protected cursorParts(): readonly string[] {
    return [this.#entry.id];
  }
}
