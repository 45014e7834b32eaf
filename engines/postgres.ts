import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from './engine.ts';
import { spawnDetached, until } from './processes.ts';

const HOLDER = join(import.meta.dirname, 'postgres-holder.ts');

/** The PostgreSQL that comes with the project, with its settings for the product. */
export const postgres: Engine = {
  name: 'postgres',
  missing: () => undefined,
  async start(directory) {
    const file = join(directory, 'url');
    rmSync(file, { force: true });
    const args = ['--import', 'tsx', '--conditions', 'starling-source', HOLDER, directory];
    const holder = spawnDetached(process.execPath, args, join(directory, 'postgres-holder.log'));
    await until('PostgreSQL answers', async () => existsSync(file), { withinMs: 60_000, processes: [holder] });
    return { urls: { DATABASE_URL: readFileSync(file, 'utf8') }, pids: [holder.pid] };
  },
};
