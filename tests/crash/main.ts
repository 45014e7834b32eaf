import { openSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { LOG_LEVELS, type LogLevel } from '@starling/platform/telemetry';
import { crash, type Progress } from './crash.ts';
import { describe } from './finding.ts';
import { duration, reportOf } from './report.ts';
import { sum } from './tally.ts';
import { possibleShape, type Shape, startWorld } from './world.ts';

const USAGE = `npm run crash -- [--kills 1000] [--seed 1] [--redis none|one|cluster] [--kafka 0|1|3] [--circles 5]
  [--every 50] [--only kind,kind] [--report file.md] [--logs file]
`;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    redis: { type: 'string' },
    kafka: { type: 'string' },
    circles: { type: 'string', default: '5' },
    every: { type: 'string', default: '50' },
    only: { type: 'string' },
    report: { type: 'string' },
    logs: { type: 'string' },
    'log-level': { type: 'string', default: 'error' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}

const possible = possibleShape();
const shape: Shape = {
  redis: (values.redis as Shape['redis'] | undefined) ?? possible.redis,
  kafka: values.kafka === undefined ? possible.kafka : (Number(values.kafka) as Shape['kafka']),
};
const kills = Number(values.kills);
const seed = Number(values.seed);
const level = LOG_LEVELS.find((name) => name === values['log-level']) ?? ('error' satisfies LogLevel);
const beganAt = performance.now();

/** One line that is written over on a terminal, and now and then a line of its own elsewhere. */
let lastLineAt = Number.NEGATIVE_INFINITY;
function show({ kills: done, tally, findings, comparing }: Progress): void {
  const elapsed = performance.now() - beganAt;
  const left = done === 0 ? 'unknown' : duration((elapsed / done) * (kills - done));
  const bar = '#'.repeat(Math.round((done / kills) * 20)).padEnd(20, '.');
  const line =
    `[${bar}] ${done}/${kills} kills, ${sum(tally.acknowledged)} writes acknowledged, ${findings} findings, ` +
    `${duration(elapsed)} gone, ${left} left${comparing ? ', comparing' : ''}`;
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[2K${line}`);
  else if (elapsed - lastLineAt > 10_000 || comparing) {
    lastLineAt = elapsed;
    process.stdout.write(`${line}\n`);
  }
}

process.stdout.write(`seed ${seed}; Redis: ${shape.redis}; Kafka brokers: ${shape.kafka}\n`);
const output = values.logs === undefined ? 2 : openSync(values.logs, 'a');
const everything = await startWorld({ shape, logLevel: level, output });
const only = values.only?.split(',');
const world = { ...everything, victims: everything.victims.filter(({ kind }) => only?.includes(kind) ?? true) };
const enough = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The first one is enough of it, and compares; the next one does not even wait for that.
    if (enough.signal.aborted) void world.stop().finally(() => process.exit(1));
    enough.abort();
  });
}
let failed = true;
let findings = 0;
try {
  const result = await crash({
    world,
    kills,
    seed,
    circles: Number(values.circles),
    circleLength: 150,
    killsBetweenComparisons: Number(values.every),
    writesBetweenKills: 5,
    patienceMs: 6_000,
    cheapWrites: 25,
    cheapWithinMs: 400,
    longestPauseBetweenWritesMs: 40,
    enough: enough.signal,
    onProgress: show,
    onFinding: (finding) => process.stderr.write(`\n${describe(finding, findings++)}\n\n`),
  });
  const report = reportOf(result, world, seed);
  process.stdout.write(`\n${report}`);
  if (values.report !== undefined) writeFileSync(values.report, report);
  failed = result.findings.length > 0;
} finally {
  await world.stop();
}
process.exit(failed ? 1 : 0);
