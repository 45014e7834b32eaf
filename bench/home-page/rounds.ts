import autocannon from 'autocannon';
import { ANSWER_BEGINS, type PageRequest } from './home-page.ts';
import type { Options } from './options.ts';

export interface Contestant {
  readonly name: string;
  readonly url: string;
  /** One for each viewer. */
  readonly requests: readonly PageRequest[];
}

export interface Measurement {
  readonly pagesPerSecond: number;
  readonly medianMs: number;
  readonly p99Ms: number;
}

async function load({ name, url, requests }: Contestant, connections: number, seconds: number): Promise<Measurement> {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: requests.map(({ method, path, headers, body }) => ({
      method,
      path,
      headers: { ...headers },
      ...(body !== undefined && { body }),
    })),
    verifyBody: (body) => `${body}`.startsWith(ANSWER_BEGINS),
  });
  const wrong = result.errors + result.timeouts + result.non2xx + result.mismatches;
  if (wrong > 0) throw new Error(`${name} failed ${wrong} times under load.`);
  return { pagesPerSecond: result.requests.average, medianMs: result.latency.p50, p99Ms: result.latency.p99 };
}

/** Measures every contestant once per round, each round beginning with another one. */
export async function runRounds(
  contestants: readonly Contestant[],
  { rounds, seconds, connections }: Options,
  onMeasurement: (round: number, name: string, measurement: Measurement) => void,
): Promise<Map<string, Measurement[]>> {
  const measurements = new Map<string, Measurement[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let place = 0; place < contestants.length; place += 1) {
      const contestant = contestants[(round + place) % contestants.length];
      if (!contestant) continue;
      await load(contestant, connections, 1);
      const measurement = await load(contestant, connections, seconds);
      measurements.get(contestant.name)?.push(measurement);
      onMeasurement(round, contestant.name, measurement);
    }
  }
  return measurements;
}
