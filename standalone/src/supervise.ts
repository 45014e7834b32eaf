import { type ChildProcess, fork, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { announcedUrl } from '@starling/platform/lifecycle';
import type { Logger } from 'pino';

export interface Program {
  readonly name: string;
  /** A module that calls `announce` once it serves, and that takes its port from `PORT`. */
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Options of Node.js itself; those of this process when not given. */
  readonly nodeOptions?: readonly string[];
}

export interface Supervised {
  readonly url: string;
  /** Of the process that runs now, or has ended last. */
  readonly pid: number | undefined;
  /** Lets it drain, and resolves when it has ended. */
  stop(): Promise<void>;
}

export interface SupervisionOptions {
  readonly logger: Logger;
  readonly firstPauseMs?: number;
  /** Told of every end that nobody asked for; `served` when it had been serving. */
  readonly onEnded?: (end: ProgramEnd) => void;
  /** The file descriptor that its output goes to. Default: standard error. */
  readonly output?: number;
}

export interface ProgramEnd {
  readonly name: string;
  readonly served: boolean;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

const STANDARD_ERROR = 2;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** A program drains within its own limit; this is for one that cannot even do that. */
const STOP_LIMIT_MS = 30_000;

/** The program did not come up at its first start. What it had to say is on standard error. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}

/**
 * Runs a program as a process of its own, in a session of its own, so that a terminal's Ctrl-C reaches the launcher alone,
 * which then stops its programs in order. One that ends by itself is started again on the port that it had, after a pause
 * that grows with each start that fails, up to 5 s, for as long as it takes: what has served once can serve again, when
 * its database is back for example. Resolves when it serves for the first time.
 *
 * @throws ProgramError when its first start fails.
 */
export async function supervise(program: Program, options: SupervisionOptions): Promise<Supervised> {
  const { name } = program;
  const { logger, firstPauseMs = FIRST_PAUSE_MS, onEnded = () => {}, output = STANDARD_ERROR } = options;
  const stopping = new AbortController();

  let child = launch(program, output);
  const url = await served(child);
  if (url === undefined) throw new ProgramError(`The process "${name}" did not start: what it says above is why.`);
  logger.info({ process: name, pid: child.pid, url }, 'a process serves');

  const keepRunning = async () => {
    let failures = 0;
    let serves = true;
    while (!stopping.signal.aborted) {
      const { exitCode, signalCode } = await ended(child);
      if (stopping.signal.aborted) return;
      onEnded({ name, served: serves, exitCode, signal: signalCode });
      const pauseMs = Math.min(firstPauseMs * 2 ** failures, LONGEST_PAUSE_MS);
      logger.error(
        { process: name, exitCode, signal: signalCode, failures, pauseMs },
        'a process ended: starting it again',
      );
      await wait(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      child = launch({ ...program, environment: { ...program.environment, PORT: new URL(url).port } }, output);
      serves = (await served(child)) !== undefined;
      failures = serves ? 0 : failures + 1;
      if (serves) logger.info({ process: name, pid: child.pid, url }, 'a process serves again');
    }
  };
  const running = keepRunning();

  return {
    url,
    get pid() {
      return child.pid;
    },
    async stop() {
      stopping.abort();
      child.kill('SIGTERM');
      const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await ended(child);
      clearTimeout(limit);
      await running;
    },
  };
}

function launch({ path, environment, nodeOptions = process.execArgv }: Program, output: number): ChildProcess {
  // Whatever it has to say goes where logs go: standard output is the launcher's own.
  const stdio: StdioOptions = ['ignore', output, output, 'ipc'];
  return fork(path, { env: { ...process.env, ...environment }, execArgv: [...nodeOptions], stdio, detached: true });
}

/** Where it serves, once it does; undefined when it ends before. */
async function served(child: ChildProcess): Promise<string | undefined> {
  const over = new AbortController();
  try {
    return await Promise.race([announced(child, over.signal), ended(child).then(() => undefined)]);
  } finally {
    over.abort();
  }
}

function announced(child: ChildProcess, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const listen = (message: unknown) => {
      const url = announcedUrl(message);
      if (url !== undefined) resolve(url);
    };
    child.on('message', listen);
    signal.addEventListener('abort', () => child.off('message', listen));
  });
}

async function ended(child: ChildProcess): Promise<ChildProcess> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child;
}
