import { type Random, seededRandom } from './random.ts';
import type { Kind, Victim } from './victim.ts';

export interface Strike {
  readonly victim: Victim;
  /** Is there to be something to lose before it, or does it come on top of the one before? */
  readonly waits: boolean;
  /** After the last of the writes that it waits for. */
  readonly pauseMs: number;
  /** How long what the harness looks after stays away. */
  readonly downMs: number;
}

/** Out of a hundred or so. A broker takes seconds to come up, so that it is away as long as the others with fewer strikes. */
const WEIGHTS: Readonly<Record<Kind, number>> = {
  gateway: 10,
  users: 8,
  tweets: 12,
  'social-graph': 11,
  timeline: 12,
  notifications: 10,
  worker: 10,
  relay: 5,
  PostgreSQL: 14,
  'PostgreSQL session': 10,
  Redis: 14,
  Kafka: 4,
};
/** Most fall into the moments in which consumers have in hand what has just been acknowledged. */
const PAUSES_MS = [0, 2, 4, 7, 10, 15, 25, 60, 200] as const;

function pickKind(random: Random, kinds: readonly Kind[]): Kind {
  let place = random.below(kinds.reduce((all, kind) => all + WEIGHTS[kind], 0));
  for (const kind of kinds) {
    place -= WEIGHTS[kind];
    if (place < 0) return kind;
  }
  throw new Error('There is nobody to strike.');
}

/**
 * Whom to strike and when, the same for the same seed and victims: one of each kind before any kind has its second turn, then
 * by weight. Goes on for as long as it is asked, and is told each time whether somebody was struck.
 */
export function* schedule(seed: number, victims: readonly Victim[]): Generator<Strike, never, boolean> {
  const random = seededRandom(seed);
  // In whichever order they came up.
  const ordered = [...victims].sort((a, b) => (a.name < b.name ? -1 : 1));
  const kinds = [...new Set(ordered.map(({ kind }) => kind))];
  const spared = new Set(kinds);
  for (;;) {
    const kind = pickKind(random, spared.size > 0 ? [...spared] : kinds);
    const [first, ...others] = ordered.filter((victim) => victim.kind === kind);
    if (!first) throw new Error(`There is no ${kind}.`);
    const wasStruck = yield {
      victim: random.pick([first, ...others]),
      waits: random.below(4) > 0,
      pauseMs: random.pick(PAUSES_MS),
      downMs: random.pick([0, 0, 200, 1_000, 2_500]),
    };
    if (wasStruck) spared.delete(kind);
  }
}
