import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import type { Options } from './options.ts';
import type { Measurement } from './rounds.ts';

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1);
  return (low + high) / 2;
}

const whole = (number: number) => Math.round(number).toLocaleString('en');

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
  const cpu = cpus()[0]?.model.trim() ?? 'an unknown processor';
  const rows = [...measurements].map(([name, rounds]) => row(name, rounds, base));
  return `One home page of 20 tweets with authors and counts, of ${viewers} viewers in turn, over ${data}.
All parts on the same ${availableParallelism()} cores (${cpu}, Node ${process.versions.node}), load included:
${options.connections} connections, ${options.rounds} interleaved rounds of ${options.seconds} s. Every contestant gave every viewer the same page.
Compare the ratios; the rest is of one machine and one moment. Other work's load before it began: ${loadBefore.toFixed(1)}.

| contestant | of the floor | pages/s (median) | rounds | median ms | p99 ms |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

const BEGIN = '<!-- bench/home-page: written by the bench -->';
const END = '<!-- end of bench/home-page -->';

/** Puts the report into its section of a page, which is made when it is not there. */
export async function writeSection(path: string, text: string): Promise<void> {
  const section = `${BEGIN}\n${text}${END}`;
  const page = existsSync(path) ? await readFile(path, 'utf8') : `# Performance\n\n## Home page\n\n${BEGIN}\n${END}\n`;
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  const whole =
    after === undefined ? `${page.trimEnd()}\n\n## Home page\n\n${section}\n` : `${before}${section}${after}`;
  await writeFile(path, whole);
}
