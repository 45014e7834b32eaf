import { machine } from '../shared/machine.ts';
import { median, whole } from '../shared/numbers.ts';
import type { Undisturbed } from '../shared/taken-away.ts';
import type { Options } from './options.ts';
import type { Measurement } from './rounds.ts';

function row(name: string, rounds: readonly Measurement[], floor: number, lateAtHalf: number): string {
  const pages = rounds.map(({ pagesPerSecond }) => pagesPerSecond);
  const cells = [
    name,
    (median(pages) / floor).toFixed(2),
    whole(median(pages)),
    `${whole(Math.min(...pages))}-${whole(Math.max(...pages))}`,
    median(rounds.map(({ medianMs }) => medianMs)).toFixed(0),
    median(rounds.map(({ p99Ms }) => p99Ms)).toFixed(0),
    lateAtHalf.toFixed(0),
    median(rounds.map(({ cpuMs = Number.NaN }) => cpuMs)).toFixed(2),
  ];
  return `| ${cells.join(' | ')} |`;
}

export interface ReportInput {
  readonly measurements: ReadonlyMap<string, readonly Measurement[]>;
  /** The p99 of each at half of what it can serve, in milliseconds. */
  readonly atHalf: ReadonlyMap<string, number>;
  /** Whose median is 1. */
  readonly floor: string;
  /** What was read, in words. */
  readonly data: string;
  readonly viewers: number;
  /** The machine's load average before the bench began: of other work. */
  readonly loadBefore: number;
  /** Where everything ran, in a few words; undefined where all shared the cores. */
  readonly places: string | undefined;
  readonly options: Options;
  readonly calm: Undisturbed;
}

export function report({
  measurements,
  atHalf,
  floor,
  data,
  viewers,
  loadBefore,
  places,
  options,
  calm,
}: ReportInput): string {
  const base = median((measurements.get(floor) ?? []).map(({ pagesPerSecond }) => pagesPerSecond));
  const rows = [...measurements].map(([name, rounds]) => row(name, rounds, base, atHalf.get(name) ?? Number.NaN));
  return `One home page of 20 tweets with authors and counts, of ${viewers} viewers in turn, over ${data}.
${machine(loadBefore, places)}
${calm.told()}
${options.connections} connections, ${options.rounds} interleaved rounds of ${options.seconds} s, each contestant warm before the first. Every contestant gave every viewer the same page.
CPU is that of the contestant's own processes, without PostgreSQL and Redis; the second p99 is at half of the median rate.
Compare the ratios; the rest is of one machine and one moment. \`npm run home-page -w bench\`.

| contestant | of the floor | pages/s (median) | rounds | median ms | p99 ms | p99 ms at half | CPU ms a page |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}
