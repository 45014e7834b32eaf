import type { Circle } from './circle.ts';
import { again } from './door.ts';
import type { World } from './world.ts';

const QUIET_WITHIN_MS = 90_000;
const AT_A_TIME = 3;
/** Of events that are missing. */
const MOST_TOLD = 20;

/** Asks until there is nothing left to wait for. Rejects with what is, when it takes too long. */
async function untilNothing(what: string, ask: () => Promise<readonly string[]>): Promise<void> {
  const end = performance.now() + QUIET_WITHIN_MS;
  for (;;) {
    const left = await ask().catch((error: unknown) => [String(error)]);
    if (left.length === 0) return;
    if (performance.now() > end) {
      throw new Error(`After ${QUIET_WITHIN_MS / 1_000} seconds without a strike, ${what}:\n${left.join('\n')}`);
    }
    await again();
  }
}

/**
 * Lets everything come back and catch up, by asking the product how far it is, and compares every page of every circle.
 * What is wrong is told to `find`, and the rest is looked at all the same.
 */
export async function settle(
  world: World,
  circles: readonly Circle[],
  find: (error: unknown, circle?: Circle) => void,
): Promise<void> {
  let comparedBefore = 0;
  try {
    await world.whole();
    for (const circle of circles) await circle.callOut();
    await untilNothing('consumers are behind, or have given events up', () => world.outstanding());
    await untilNothing('events are on no broker', async () => (await world.unrelayed()).slice(0, MOST_TOLD));
    // The product compares every few seconds, while pages are looked at here.
    comparedBefore = (await world.comparedCounts()).compared;
  } catch (error) {
    find(error);
  }
  const waiting = [...circles];
  const lookAtNext = async (): Promise<void> => {
    for (let circle = waiting.shift(); circle; circle = waiting.shift()) {
      try {
        await circle.compare();
        await hearStreams(circle);
      } catch (error) {
        find(error, circle);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lookAtNext));
  await countsCompared(world, comparedBefore).catch((error: unknown) => find(error));
}

/** Waits until the product itself has compared counts of tweets once more; rejects when any was ever wrong. */
async function countsCompared(world: World, before: number): Promise<void> {
  await untilNothing('nobody compares counts of tweets with what they count', async () => {
    const { compared } = await world.comparedCounts();
    return compared > before ? [] : [`${compared} were compared before`];
  });
  const { findings } = await world.comparedCounts();
  if (findings > 0) throw new Error(`The product has found the counts of ${findings} tweets wrong so far.`);
}

/** Every stream has told of all that it owes, once and in order. */
async function hearStreams(circle: Circle): Promise<void> {
  await untilNothing('streams owe updates', async () => circle.owing());
  const wrong = circle.mistold();
  if (wrong.length > 0) throw new Error(`Streams told what they should not have:\n${wrong.join('\n')}`);
}
