import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, processIdentity } from '@starling/platform/postgres/embedded';
import { z } from 'zod';
import type { Engine, StartedEngine } from './engine.ts';
import { until } from './processes.ts';

const record = z.object({
  urls: z.record(z.string(), z.string()),
  /** A number alone may be somebody else's by now: a process is ended only if it is the one that was started. */
  processes: z.array(z.object({ pid: z.number(), identity: z.string() })),
  endWith: z.enum(['SIGTERM', 'SIGKILL']),
});

export type RunningEngine = z.output<typeof record> & { readonly name: string };

/** What has been started in a folder, written down beside what the engines write there. */
export function runningEngines(root: string) {
  const fileOf = (name: string) => join(root, `${name}.json`);
  const isSame = ({ pid, identity }: RunningEngine['processes'][number]) => processIdentity(pid) === identity;

  const read = (name: string): RunningEngine | undefined => {
    if (!existsSync(fileOf(name))) return undefined;
    return { name, ...record.parse(JSON.parse(readFileSync(fileOf(name), 'utf8'))) };
  };

  return {
    /** Those that were started and not stopped; `alive` when all of their processes run. */
    list(): (RunningEngine & { readonly alive: boolean })[] {
      if (!existsSync(root)) return [];
      const names = readdirSync(root).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5)] : []));
      return names.flatMap((name) => {
        const engine = read(name);
        return engine ? [{ ...engine, alive: engine.processes.every(isSame) }] : [];
      });
    },

    async up(engine: Engine): Promise<StartedEngine['urls']> {
      const known = read(engine.name);
      if (known?.processes.every(isSame)) return known.urls;
      if (known) await this.down(engine.name);
      const missing = engine.missing();
      if (missing !== undefined) throw new Error(missing);
      const directory = join(root, engine.name);
      mkdirSync(directory, { recursive: true });
      const { urls, pids, endWith = 'SIGTERM' } = await engine.start(directory);
      const processes = pids.map((pid) => ({ pid, identity: processIdentity(pid) ?? '' }));
      writeFileSync(fileOf(engine.name), JSON.stringify({ urls, processes, endWith }, undefined, 2), { mode: 0o600 });
      return urls;
    },

    /** Ends the engine's processes and removes what it wrote. Answers false when it had not been started. */
    async down(name: string): Promise<boolean> {
      const engine = read(name);
      if (!engine) return false;
      for (const each of engine.processes) if (isSame(each)) process.kill(each.pid, engine.endWith);
      await until(`${name} has ended`, async () => !engine.processes.some(({ pid }) => isAlive(pid)), {
        withinMs: 20_000,
      }).catch(() => {
        for (const each of engine.processes) if (isSame(each)) process.kill(each.pid, 'SIGKILL');
      });
      rmSync(join(root, name), { recursive: true, force: true });
      rmSync(fileOf(name));
      return true;
    },
  };
}
