import { machine } from '../shared/machine.ts';
import { median, whole } from '../shared/numbers.ts';
import type { Options } from './options.ts';
import type { Measurement } from './rounds.ts';

function row(name: string, rounds: readonly Measurement[], floor: number): string {
  const pages = rounds.map(({ pagesPerSecond }) => pagesPerSecond);
  const cells = [
    name,
    (median(pages) / floor).toFixed(2),
    whole(median(pages)),
    `${whole(Math.min(...pages))}-${whole(Math.max(...pages))}`,
    median(rounds.map(({ medianMs }) => medianMs)).toFixed(0),
    median(rounds.map(({ p99Ms }) => p99Ms)).toFixed(0),
  ];
  return `| ${cells.join(' | ')} |`;
}

export interface ReportInput {
  readonly measurements: ReadonlyMap<string, readonly Measurement[]>;
  /** Whose median is 1. */
  readonly floor: string;
  /** What was read, in words. */
  readonly data: string;
  readonly viewers: number;
  /** The machine's load average before the bench began: of other work. */
  readonly loadBefore: number;
  readonly options: Options;
}

export function report({ measurements, floor, data, viewers, loadBefore, options }: ReportInput): string {
  const base = median((measurements.get(floor) ?? []).map(({ pagesPerSecond }) => pagesPerSecond));
  const rows = [...measurements].map(([name, rounds]) => row(name, rounds, base));
  return `One home page of 20 tweets with authors and counts, of ${viewers} viewers in turn, over ${data}.
${machine(loadBefore)}
${options.connections} connections, ${options.rounds} interleaved rounds of ${options.seconds} s. Every contestant gave every viewer the same page.
Compare the ratios; the rest is of one machine and one moment.

| contestant | of the floor | pages/s (median) | rounds | median ms | p99 ms |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}
