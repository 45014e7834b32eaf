import type { Soon } from '@starling/platform/batching';
import type { EntryRow } from './entry-rows.ts';
import type { FactsOfViewer } from './home-facts.ts';
import { changedBeyond, type NewestEntries } from './newest-entries.ts';
import type { PullsOfViewer } from './pull-facts.ts';
import type { ShownEntries } from './shown-entries.ts';
import { standsAmongPopular } from './stands-among-popular.ts';
import { standsInHome } from './stands-in-home.ts';
import type { ViewerFacts } from './viewer-facts.ts';

/** How entries are looked at, and by which clock (milliseconds). */
export interface Looking {
  readonly shown: ShownEntries;
  readonly now: () => number;
}

/** What is known of a viewer of whom everything is remembered; of a class, since every page makes one. */
export class KnownViewer implements FactsOfViewer {
  readonly #facts: ViewerFacts;
  readonly #pulls: PullsOfViewer;
  readonly #latest: NewestEntries;
  readonly #looking: Looking;

  constructor(facts: ViewerFacts, pulls: PullsOfViewer, latest: NewestEntries, looking: Looking) {
    this.#facts = facts;
    this.#pulls = pulls;
    this.#latest = latest;
    this.#looking = looking;
  }
  get graphVersion() {
    return this.#pulls.graphVersion;
  }
  get knownUpTo() {
    return this.#pulls.knownUpTo;
  }
  get pulled() {
    return this.#pulls.pulled;
  }
  get mutesWords() {
    return this.#facts.mutesWords;
  }
  get newestChange() {
    return this.#latest.newestChange;
  }
  beyond(delivered: bigint): BigInt64Array | undefined {
    return changedBeyond(delivered, this.#latest, this.#facts);
  }
  shown(ids: BigInt64Array, limit: number): Soon<EntryRow[]> {
    const facts = this.#facts;
    const at = this.#looking.now();
    return this.#looking.shown(ids, limit, (entry, isProtected) => standsInHome(facts, entry, isProtected, at));
  }
  popular(ids: BigInt64Array): Soon<EntryRow[]> {
    const facts = this.#facts;
    const at = this.#looking.now();
    return this.#looking.shown(ids, ids.length, (entry, isProtected) =>
      standsAmongPopular(facts, entry, isProtected, at),
    );
  }
}
