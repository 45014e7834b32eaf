import { join } from 'node:path';
import { engines } from './engines.ts';
import { runningEngines } from './running.ts';

const ROOT = join(import.meta.dirname, '../.starling/engines');
const NAMES = engines.map(({ name }) => name);
const USAGE = `npm run engines -- up|down|status [${NAMES.join('] [')}]\n`;

const say = (line: string) => process.stdout.write(`${line}\n`);
const exportLines = (urls: Readonly<Record<string, string>>) =>
  Object.entries(urls).map(([name, url]) => `export ${name}='${url}'`);

const [command, ...asked] = process.argv.slice(2);
const running = runningEngines(ROOT);
const unknown = asked.find((name) => !NAMES.includes(name));
if (unknown !== undefined || !['up', 'down', 'status'].includes(command ?? '')) {
  process.stderr.write(unknown === undefined ? USAGE : `There is no engine "${unknown}".\n${USAGE}`);
  process.exit(1);
}

try {
  if (command === 'up') {
    if (asked.length === 0) throw new Error(`Say which: ${NAMES.join(', ')}.`);
    for (const engine of engines.filter(({ name }) => asked.includes(name))) {
      for (const line of exportLines(await running.up(engine))) say(line);
    }
  } else if (command === 'down') {
    const names = asked.length > 0 ? asked : running.list().map(({ name }) => name);
    for (const name of names) say((await running.down(name)) ? `${name}: stopped` : `${name}: was not started`);
  } else {
    const chosen = running.list().filter(({ name }) => asked.length === 0 || asked.includes(name));
    if (chosen.length === 0) say('Nothing has been started.');
    for (const { name, alive, processes, urls } of chosen) {
      say(`${name}: ${alive ? 'runs' : 'has ended'} (${processes.map(({ pid }) => pid).join(', ')})`);
      for (const line of exportLines(urls)) say(`  ${line}`);
    }
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
