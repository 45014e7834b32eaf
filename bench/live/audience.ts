import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Answer, Order } from './messages.ts';

type Event = Extract<Answer, { did: 'event' }>;

/** Sockets in a process of their own, which check that each of them gets the same. */
export interface Audience {
  readonly pid: number;
  open(sockets: number, url: string, payload: object): Promise<void>;
  begin(): Promise<void>;
  /** The next event that has arrived everywhere. */
  next(): Promise<Event>;
  closeAll(): Promise<void>;
  stop(): Promise<void>;
}

/** An event that has not arrived everywhere by then is lost. */
const PATIENCE_MS = 60_000;

export function openAudience(): Audience {
  const child: ChildProcess = fork(join(import.meta.dirname, 'clients.ts'), { execArgv: process.execArgv });
  const events: Event[] = [];
  const waiting: (() => void)[] = [];
  let did: string | undefined;
  let failure: Error | undefined;
  const wakeAll = () => {
    for (const wake of waiting.splice(0)) wake();
  };
  child.on('message', (answer: Answer) => {
    if (answer.did === 'event') events.push(answer);
    else if (answer.did === 'fail') failure ??= new Error(answer.why);
    else did = answer.did;
    wakeAll();
  });

  async function until<Found>(find: () => Found | undefined): Promise<Found> {
    const endsAt = performance.now() + PATIENCE_MS;
    for (;;) {
      if (failure) throw failure;
      const found = find();
      if (found !== undefined) return found;
      const left = endsAt - performance.now();
      if (left < 0) throw new Error('Something has not arrived everywhere.');
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, left);
        waiting.push(() => {
          clearTimeout(late);
          resolve();
        });
      });
    }
  }

  async function order(what: Order): Promise<void> {
    did = undefined;
    events.length = 0;
    child.send(what);
    await until(() => (did === what.do ? true : undefined));
  }

  return {
    pid: child.pid ?? 0,
    open: (sockets, url, payload) => order({ do: 'open', sockets, url, payload }),
    begin: () => order({ do: 'begin' }),
    next: () => until(() => events.shift()),
    closeAll: () => order({ do: 'close' }),
    async stop() {
      if (child.exitCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
