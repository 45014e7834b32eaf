import autocannon from 'autocannon';
import { inTurns } from '../shared/in-turns.ts';
import { median } from '../shared/numbers.ts';
import type { Undisturbed } from '../shared/taken-away.ts';
import { cpuTime } from './cpu-time.ts';
import { ANSWER_BEGINS, type PageRequest } from './home-page.ts';

export interface Contestant {
  readonly name: string;
  readonly url: string;
  /** Its own processes, without the engines that it asks. */
  readonly pids: readonly number[];
  /** One for each viewer. */
  readonly requests: readonly PageRequest[];
  /** What is done before each measurement. */
  readonly prepare?: () => Promise<void>;
  /** The beginning of every right answer; that of a home page unless something else is asked for. */
  readonly answerBegins?: string;
}

export interface Rounds {
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
}

export interface Measurement {
  readonly pagesPerSecond: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  /** Of its own processes, in milliseconds for a page; undefined where the system does not tell. */
  readonly cpuMs: number | undefined;
}

/** At `rate` pages a second, or as many as it can serve. */
async function load(
  { name, url, pids, requests, answerBegins = ANSWER_BEGINS }: Contestant,
  connections: number,
  seconds: number,
  rate?: number,
): Promise<Measurement> {
  const before = cpuTime(pids);
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    ...(rate !== undefined && { overallRate: rate }),
    requests: requests.map(({ method, path, headers, body }) => ({
      method,
      path,
      headers: { ...headers },
      ...(body !== undefined && { body }),
    })),
    verifyBody: (body) => `${body}`.startsWith(answerBegins),
  });
  const wrong = result.errors + result.timeouts + result.non2xx + result.mismatches;
  if (wrong > 0) throw new Error(`${name} failed ${wrong} times under load.`);
  const after = cpuTime(pids);
  return {
    pagesPerSecond: result.requests.average,
    medianMs: result.latency.p50,
    p99Ms: result.latency.p99,
    cpuMs: before === undefined || after === undefined ? undefined : (after - before) / result.requests.total,
  };
}

/** Before the first round each is under load for as long as so many measurements: by then its code is compiled and its caches are warm. */
const WARM_UP_MEASUREMENTS = 4;

/** Measures every contestant once per round, each round beginning with another one, once all are warm. */
export async function runRounds(
  contestants: readonly Contestant[],
  { rounds, seconds, connections }: Rounds,
  calm: Undisturbed,
  onMeasurement: (round: number, name: string, measurement: Measurement) => void,
): Promise<Map<string, Measurement[]>> {
  const measurements = new Map<string, Measurement[]>(contestants.map(({ name }) => [name, []]));
  for (const contestant of contestants) await load(contestant, connections, WARM_UP_MEASUREMENTS * seconds);
  for (const [round, contestant] of inTurns(rounds, contestants)) {
    await contestant.prepare?.();
    await load(contestant, connections, 1);
    const measurement = await calm.run(() => load(contestant, connections, seconds));
    measurements.get(contestant.name)?.push(measurement);
    onMeasurement(round, contestant.name, measurement);
  }
  return measurements;
}

/** How late answers are while each contestant serves half of what it can: 99 of 100 within so many milliseconds, the median of its rounds. */
export async function runAtHalf(
  contestants: readonly Contestant[],
  measurements: ReadonlyMap<string, readonly Measurement[]>,
  { rounds, seconds, connections }: Rounds,
  calm: Undisturbed,
): Promise<Map<string, number>> {
  const rateOf = ({ name }: Contestant) =>
    median((measurements.get(name) ?? []).map(({ pagesPerSecond }) => pagesPerSecond)) / 2;
  const late = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (const [, contestant] of inTurns(rounds, contestants)) {
    const rate = Math.max(1, Math.floor(rateOf(contestant)));
    await contestant.prepare?.();
    const { p99Ms } = await calm.run(() => load(contestant, connections, seconds, rate));
    late.get(contestant.name)?.push(p99Ms);
  }
  return new Map([...late].map(([name, each]) => [name, median(each)]));
}
