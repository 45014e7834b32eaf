import { cpus, totalmem, type } from 'node:os';
import type { CrashResult } from './crash.ts';
import { describe } from './finding.ts';
import { sum } from './tally.ts';
import type { World } from './world.ts';

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const number = (value: number) => value.toLocaleString('en-US');

const MOST_REASONS = 12;

export function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${memory} GiB, ${type()}, Node ${process.version}`;
}

/** What a run has shown, as a page. */
export function reportOf(result: CrashResult, { engines }: Pick<World, 'engines'>, seed: number): string {
  const { tally, findings, comparisons, circles, elapsedMs } = result;
  const { stream } = tally;
  const kinds = [...new Set([...tally.acknowledged.keys(), ...tally.refused.keys()])].sort();
  const facts = [
    ['machine', machine()],
    ['engines', engines.join('; ')],
    ['seed', String(seed)],
    ['time', duration(elapsedMs)],
    ['kills', number(sum(tally.struck))],
    ['writes acknowledged', number(sum(tally.acknowledged))],
    ['writes refused, as the rules want it', number(sum(tally.refused))],
    ['writes whose answer was lost, and which were asked again', number(tally.unsure)],
    [
      'requests without an answer',
      `${number(sum(tally.unanswered))}, the slowest after ${duration(tally.slowestUnansweredMs)}`,
    ],
    ['accounts', `${number(tally.acknowledged.get('register') ?? 0)} in ${number(circles)} circles`],
    ['times that everything was compared', number(comparisons)],
    ['reads compared with the model', number(tally.readsChecked)],
    [
      'updates owed to streams',
      `${number(stream.owed)}: ${number(stream.delivered)} came, in the place of ${number(stream.told)} came one of ${number(stream.gaps)} gaps`,
    ],
    ['findings', number(findings.length)],
  ];
  const sections = [
    '# Crash report',
    `\`npm run crash -- --kills ${sum(tally.struck)} --seed ${seed}\` wrote this page; [operations](operations.md) tells what it does.`,
    table(['what', ''], facts),
    '## Kills',
    table(
      ['process', 'times'],
      [...tally.struck].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, times]) => [kind, number(times)]),
    ),
    '## Writes',
    table(
      ['kind', 'acknowledged', 'refused'],
      kinds.map((kind) => [kind, number(tally.acknowledged.get(kind) ?? 0), number(tally.refused.get(kind) ?? 0)]),
    ),
    '## Requests without an answer',
    'They were sent again, at the other gateway, until there was one.',
    table(
      ['what the client was told', 'times'],
      [...tally.unanswered]
        .sort(([, a], [, b]) => b - a)
        .slice(0, MOST_REASONS)
        .map(([why, times]) => [why, number(times)]),
    ),
    '## Findings',
    findings.length === 0 ? 'None.' : findings.map(describe).join('\n\n'),
  ];
  return `${sections.join('\n\n')}\n`;
}
