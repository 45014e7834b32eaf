import { randomUUID } from 'node:crypto';
import { RedisAwayError, type RedisConnection } from '@starling/platform/redis';
import { countSumKeys } from '../cache-keys.ts';
import type { Added, CountSums, HeldSums, Turn } from './count-sums.ts';
import { addScript, knownScript, readScript, takeTurnScript } from './sum-scripts.ts';

/** So long after the last addition they are gone. */
const KEPT_MS = 10 * 60_000;

/** Sums in Redis, in one slot of a Cluster. While it is away there are none, and nothing is kept. */
export function redisSums(redis: RedisConnection): CountSums {
  const keys = countSumKeys(redis.namespace);

  async function ifAway<Result, Otherwise>(work: () => Promise<Result>, otherwise: Otherwise) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RedisAwayError)) throw error;
      return otherwise;
    }
  }

  return {
    read: (subjects) =>
      ifAway(async () => {
        const { losses } = redis;
        const found = await redis.run(readScript, [keys.sums], subjects);
        return found === null ? undefined : heldIn(found as FoundSums, subjects, losses);
      }, undefined),

    known: ({ made, additions, losses }, eventIds) =>
      ifAway(async () => {
        const found = await redis.run(knownScript, [keys.sums], [made, additions, ...eventIds]);
        // Another node may have been asked than the one where they were read, and not know as much.
        return found === null || redis.losses !== losses ? undefined : (found as string[]);
      }, undefined),

    takeTurn: (forMs) =>
      ifAway(async () => {
        const found = (await redis.run(takeTurnScript, [keys.sums, keys.turn], [forMs])) as FoundTurn | null;
        return found === null ? 'later' : turnIn(found);
      }, 'away'),

    add: (from, { to, eventIds, sums }) =>
      ifAway(
        async () => {
          const place = [from?.base ?? '', from?.snapshot ?? '', to.base, to.snapshot];
          const changes = [...sums].flatMap(([subject, numbers]) => [subject, numbers.join(' ')]);
          const args = [...place, randomUUID(), KEPT_MS, eventIds.length, ...eventIds, ...changes];
          return addedIn((await redis.run(addScript, [keys.sums], args)) as FoundAdded);
        },
        { kind: 'moved' },
      ),
  };
}

type FoundSums = readonly [base: string, snapshot: string, made: string, additions: string, (string | null)[]];
type FoundTurn = readonly [base: string | null, snapshot: string | null, events: string | null];
type FoundAdded = readonly ['moved'] | readonly ['known', ...string[]] | readonly ['added', number];

function heldIn(found: FoundSums, subjects: readonly string[], losses: number): HeldSums {
  const [base, snapshot, made, additions, numbers] = found;
  const sums = new Map<string, number[]>();
  for (const [at, subject] of subjects.entries()) {
    const text = numbers[at];
    if (text) sums.set(subject, text.split(' ').map(Number));
  }
  return { base, snapshot, made, additions: Number(additions), losses, sums };
}

function turnIn([base, snapshot, events]: FoundTurn): Turn {
  const place = base === null || snapshot === null ? undefined : { base, snapshot };
  return { place, events: place ? Number(events) : 0 };
}

function addedIn(found: FoundAdded): Added {
  if (found[0] === 'moved') return { kind: 'moved' };
  if (found[0] === 'added') return { kind: 'added', events: found[1] };
  const [, ...eventIds] = found;
  return { kind: 'known', eventIds };
}
