import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, environment } from './account.ts';
import type { PostgresBinaries } from './binaries.ts';
import { damaged, explainOutput, otherVersion } from './error.ts';

/** What a data directory holds. Everything in `postgres/` belongs to the account that PostgreSQL runs as. */
export interface ClusterFiles {
  readonly dataDirectory: string;
  readonly folder: string;
  readonly cluster: string;
  readonly password: string;
  readonly log: string;
  readonly lock: string;
}

export function clusterFiles(dataDirectory: string): ClusterFiles {
  const folder = join(dataDirectory, 'postgres');
  return {
    dataDirectory,
    folder,
    cluster: join(folder, 'cluster'),
    password: join(folder, 'password'),
    log: join(folder, 'server.log'),
    lock: join(dataDirectory, 'in-use-by'),
  };
}

/**
 * Makes the database cluster when there is none. It is made beside its place and moved there when it is whole: what a
 * crash left half finished is made again.
 */
export async function initialiseCluster(
  files: ClusterFiles,
  { initdb, version }: PostgresBinaries,
  account: Account,
  onBegin: () => void,
): Promise<void> {
  const { dataDirectory, folder, cluster, password } = files;
  if (existsSync(cluster)) return checkCluster(files, version);

  onBegin();
  const draft = `${cluster}.unfinished`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  account.own(folder);
  rmSync(password, { force: true });
  writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
  account.own(password);

  const { file, args, options } = account.command(initdb, [
    `--pgdata=${draft}`,
    '--username=starling',
    `--pwfile=${password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]);
  const { code, output } = await run(file, args, { ...options, cwd: '/', env: environment() });
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw explainOutput(output, dataDirectory);
  }
  renameSync(draft, cluster);
}

function checkCluster({ cluster, password, dataDirectory }: ClusterFiles, version: string): void {
  const names = readdirSync(cluster);
  const missing = ['PG_VERSION', 'global', 'base', 'pg_wal'].find((name) => !names.includes(name));
  if (missing) throw damaged(dataDirectory, `There is no ${join(cluster, missing)}.`);
  const madeBy = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (madeBy !== version) throw otherVersion(dataDirectory, madeBy);
  if (!existsSync(password)) throw damaged(dataDirectory, `There is no ${password}.`);
}

export function readPassword({ password }: ClusterFiles): string {
  return readFileSync(password, 'utf8').trim();
}

function run(file: string, args: readonly string[], options: object): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
