import { Agent, type IncomingMessage, request } from 'node:http';
import type { Ending } from '@starling/platform/batching';

export interface KeepAlivePoster {
  /**
   * Sends JSON and reads JSON. Rejects when the other side cannot be reached, is too slow, or answers something else, and
   * as soon as nobody waits any more.
   */
  post(
    url: URL,
    headers: Readonly<Record<string, string>>,
    body: string,
    patience?: Ending,
  ): Promise<{ status: number; body: unknown }>;
  close(): void;
}

export interface KeepAliveOptions {
  readonly maxConnections: number;
  /** A longer answer is a fault. */
  readonly maxAnswerBytes: number;
  /** The longest that one answer may take. */
  readonly deadlineMs: number;
}

/** Tells once, when the answer is read or cannot be. */
function readJson(
  response: IncomingMessage,
  maxBytes: number,
  done: (answer: unknown) => void,
  failed: (error: unknown) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) failed(new Error(`The answer is longer than ${maxBytes} bytes.`));
    else chunks.push(chunk);
  });
  response.on('end', () => {
    try {
      done(JSON.parse((chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString()));
    } catch (error) {
      failed(error);
    }
  });
  response.on('error', failed);
  response.on('close', () => {
    if (!response.complete) failed(new Error('The answer was broken off.'));
  });
}

/** Posts over connections that stay open between requests. */
export function keepAlivePoster({ maxConnections, maxAnswerBytes, deadlineMs }: KeepAliveOptions): KeepAlivePoster {
  const agent = new Agent({ keepAlive: true, maxSockets: maxConnections, scheduling: 'lifo' });
  return {
    post(url, headers, body, patience) {
      return new Promise((resolve, reject) => {
        const fail = (error: unknown) => {
          settle();
          outgoing.destroy();
          reject(error);
        };
        const leave = () => fail(new Error('Nobody waits for this any more.'));
        // The same time for all of them: such timers cost next to nothing.
        const timer = setTimeout(() => fail(new Error(`No answer within ${deadlineMs} ms.`)), deadlineMs);
        const settle = () => {
          clearTimeout(timer);
          patience?.removeEventListener('abort', leave);
        };
        patience?.addEventListener('abort', leave);
        const outgoing = request(url, {
          method: 'POST',
          agent,
          headers: {
            ...headers,
            'content-type': 'application/json',
            'content-length': String(Buffer.byteLength(body)),
          },
        });
        outgoing.on('response', (response) => {
          const done = (answer: unknown) => {
            settle();
            resolve({ status: response.statusCode ?? 0, body: answer });
          };
          readJson(response, maxAnswerBytes, done, fail);
        });
        outgoing.on('error', fail);
        outgoing.end(body);
      });
    },
    close: () => agent.destroy(),
  };
}
