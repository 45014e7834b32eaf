import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { PostAnswer, PostRequest } from './poster.ts';

export interface Posts {
  /** Resolves once it is committed, with the time at which it was, in the milliseconds of `performance.now()`. */
  post(authorId: string): Promise<number>;
  stop(): Promise<void>;
}

const NS_PER_MS = 1e6;

/** From a process of its own, as in life: the clock of who waits for a page does not stand still while another one posts. */
export function openPosts(url: string): Posts {
  const poster = fork(join(import.meta.dirname, 'poster.ts'), { env: { ...process.env, DATABASE_URL: url } });
  const waiting = new Map<number, (committedMs: number) => void>();
  const clockStartMs = Number(process.hrtime.bigint()) / NS_PER_MS - performance.now();
  let number = 0;
  const gone = once(poster, 'exit');
  const failed = gone.then(([code]) => {
    throw new Error(`The process that posts ended with ${code}.`);
  });
  // Told to who posts; at the end nobody does.
  failed.catch(() => {});
  poster.on('message', (answer: PostAnswer) => {
    waiting.get(answer.number)?.(Number(answer.committedNs) / NS_PER_MS - clockStartMs);
    waiting.delete(answer.number);
  });
  return {
    post(authorId) {
      const request: PostRequest = { number: number++, authorId };
      const committed = new Promise<number>((resolve) => waiting.set(request.number, resolve));
      poster.send(request);
      return Promise.race([committed, failed]);
    },
    async stop() {
      if (poster.connected) poster.disconnect();
      await gone;
    },
  };
}
