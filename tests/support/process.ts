import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { announcedUrl } from '@starling/platform/lifecycle';

/** A gateway, a subgraph or a worker as a process of its own, as it was built. */
export interface TestProcess {
  readonly url: string;
  /** Of the process that runs now, or has ended last. */
  readonly pid: number | undefined;
  /** As a power cut would. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it anew where it was; resolves when it serves. */
  recover(): Promise<void>;
  stop(): Promise<void>;
}

const ROOT = join(import.meta.dirname, '../..');

function serving(child: ChildProcess, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      const url = announcedUrl(message);
      if (url !== undefined) resolve(url);
    });
    child.once('exit', (code, signal) => reject(new Error(`${name} ended with ${signal ?? code} before it served.`)));
  });
}

/**
 * `folder` is a workspace, such as `gateway`, and `program` what is started of it; its mappers may be built beside its sources.
 * Call `build` before.
 */
export async function startTestProcess(
  folder: string,
  environment: Readonly<Record<string, string>>,
  program = 'main',
): Promise<TestProcess> {
  const built = join(ROOT, folder, 'dist');
  const main = [join(built, `${program}.js`), join(built, `src/${program}.js`)].find(existsSync);
  if (main === undefined) throw new Error(`${folder} has not been built.`);
  const launch = (port: string) => {
    // Tests post faster than people may.
    const own = { LOG_LEVEL: 'fatal', HOST: '127.0.0.1', RATE_LIMIT_SCALE: '1000' };
    const env = { ...process.env, ...own, ...environment, PORT: port };
    return fork(main, { env, execArgv: [], stdio: ['ignore', 2, 2, 'ipc'] });
  };
  let child = launch('0');
  const url = await serving(child, folder);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  };
  return {
    url,
    get pid() {
      return child.pid;
    },
    kill: () => end('SIGKILL'),
    async recover() {
      child = launch(new URL(url).port);
      await serving(child, folder);
    },
    stop: () => end('SIGTERM'),
  };
}
