import { setTimeout as pause } from 'node:timers/promises';
import { Circle } from './circle.ts';
import { type Finding, findingOf } from './finding.ts';
import { type Strike, schedule } from './schedule.ts';
import { settle } from './settle.ts';
import { count, newTally, sum, type Tally } from './tally.ts';
import type { World } from './world.ts';

export interface CrashOptions {
  readonly world: World;
  readonly kills: number;
  readonly seed: number;
  /** Clients that write at the same time, each for a circle of accounts of its own. */
  readonly circles: number;
  /** Writes and looks in the life of a circle. */
  readonly circleLength: number;
  /** Strikes between one time of quiet and the next, in which everything is compared. */
  readonly killsBetweenComparisons: number;
  /** Writes that are acknowledged between one strike and the next, unless nothing is for `patienceMs`. */
  readonly writesBetweenKills: number;
  readonly patienceMs: number;
  /** So many of them where they come within `cheapWithinMs` of the last that had to be. */
  readonly cheapWrites: number;
  readonly cheapWithinMs: number;
  readonly longestPauseBetweenWritesMs: number;
  /** Aborted to strike no more: what has been done so far is compared and told. */
  readonly enough?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onFinding?: (finding: Finding) => void;
}

export interface Progress {
  readonly kills: number;
  readonly tally: Tally;
  readonly findings: number;
  readonly comparing: boolean;
}

export interface CrashResult {
  readonly tally: Tally;
  readonly findings: readonly Finding[];
  readonly strikes: readonly string[];
  readonly comparisons: number;
  readonly circles: number;
  readonly elapsedMs: number;
}

/** Further findings would say the same again. */
const MOST_FINDINGS = 20;
const MOST_DOWN = 4;
const LOOK_EVERY_MS = 2;
/** Circles that are looked at once more at the end. */
const MOST_RETIRED = 400;
const MOST_STRIKES_KEPT = 2_000;

/** Strikes and compares until as many have been struck as asked for, or until there is too much to tell. */
export async function crash(options: CrashOptions): Promise<CrashResult> {
  const { world, kills, seed, circles: width } = options;
  const beganAt = performance.now();
  const tally = newTally();
  const findings: Finding[] = [];
  const strikes: string[] = [];
  const plan = schedule(seed, world.victims);
  let wasStruck = false;
  let done = 0;
  let comparisons = 0;
  let made = 0;
  let active: Circle[] = [];
  let finished: Circle[] = [];
  const retired: Circle[] = [];
  const down = new Set<Strike['victim']>();

  const report = (comparing: boolean) =>
    options.onProgress?.({ kills: done, tally, findings: findings.length, comparing });
  const broken = new Set<Circle>();
  const find = (error: unknown, circle?: Circle) => {
    const finding = findingOf(error, { strikes, journal: circle?.journal ?? [] });
    // Once its model is off, a circle has nothing more to tell.
    if (circle) broken.add(circle);
    findings.push(finding);
    options.onFinding?.(finding);
    report(false);
  };
  const newCircle = () =>
    Circle.create({
      number: made++,
      seed,
      gateways: world.gateways,
      tally,
      length: options.circleLength,
      longestPauseMs: options.longestPauseBetweenWritesMs,
    });

  /** One client: it plays its circle until it is told to pause, and a new one when the old one is done. */
  const client = async (place: number, quiet: AbortSignal) => {
    while (!quiet.aborted) {
      const circle = active[place];
      try {
        if (circle && broken.has(circle)) await circle.close();
        else if (circle && !circle.isDone) {
          await circle.step();
          continue;
        } else if (circle) finished.push(circle);
        active[place] = await newCircle();
      } catch (error) {
        find(error, circle);
      }
    }
  };

  /** There is something to lose, or so much is away that nothing more comes for now. */
  const somethingToLose = async () => {
    const before = sum(tally.acknowledged);
    const written = () => sum(tally.acknowledged) - before;
    const waitFor = async (writes: number, ms: number) => {
      const end = performance.now() + ms;
      while (written() < writes && performance.now() < end) await pause(LOOK_EVERY_MS);
    };
    await waitFor(options.writesBetweenKills, options.patienceMs);
    await waitFor(options.cheapWrites, options.cheapWithinMs);
  };

  const strikeOnce = async () => {
    const { victim, waits, pauseMs, downMs } = plan.next(wasStruck).value;
    while (down.size >= MOST_DOWN) await Promise.race([...down].map((struck) => struck.back()));
    if (waits) await somethingToLose();
    await pause(pauseMs);
    const struck = await victim.strike(downMs);
    // Who is away already cannot be struck: the plan goes on with the next.
    wasStruck = struck !== undefined;
    if (struck === undefined) return;
    done += 1;
    count(tally.struck, victim.kind);
    strikes.push(`${new Date().toISOString().slice(11, 23)} ${struck}`);
    if (strikes.length > MOST_STRIKES_KEPT) strikes.shift();
    down.add(victim);
    void victim
      .back()
      .catch(find)
      .finally(() => down.delete(victim));
    report(false);
  };

  const compareAll = async () => {
    report(true);
    const circles = [...finished, ...active].filter((circle) => !broken.has(circle));
    await settle(world, circles, find);
    for (const circle of finished) {
      await circle.close();
      if (retired.length < MOST_RETIRED && !broken.has(circle)) retired.push(circle);
    }
    finished = [];
    comparisons += 1;
    for (const fault of world.faults.splice(0)) find(new Error(fault));
  };

  active = await Promise.all(Array.from({ length: width }, newCircle));
  const goesOn = () => !options.enough?.aborted && findings.length < MOST_FINDINGS;
  while (done < kills && goesOn()) {
    const quiet = new AbortController();
    const clients = Promise.all(active.map((_, place) => client(place, quiet.signal)));
    const until = Math.min(kills, done + options.killsBetweenComparisons);
    while (done < until && goesOn()) await strikeOnce();
    quiet.abort();
    await clients;
    await compareAll();
  }
  for (const circle of retired) await circle.compareAgain().catch((error) => find(error, circle));
  await Promise.all(active.map((circle) => circle.close()));
  return { tally, findings, strikes, comparisons, circles: made, elapsedMs: performance.now() - beganAt };
}
