import type { Ending } from '@starling/platform/batching';
import { type Dispatcher, Pool } from 'undici';

export interface KeepAlivePoster {
  /**
   * Sends JSON and reads JSON. Rejects when the other side cannot be reached, is too slow, or answers something else, and
   * as soon as nobody waits any more.
   */
  post(
    headers: Readonly<Record<string, string>>,
    body: string,
    patience?: Ending,
  ): Promise<{ status: number; body: unknown }>;
  close(): Promise<void>;
}

export interface KeepAliveOptions {
  readonly maxConnections: number;
  /** A longer answer is a fault. */
  readonly maxAnswerBytes: number;
  /** The longest that one answer may take. */
  readonly deadlineMs: number;
}

/** Posts to one address over connections that stay open between requests. */
export function keepAlivePoster(url: URL, options: KeepAliveOptions): KeepAlivePoster {
  const { maxConnections, maxAnswerBytes, deadlineMs } = options;
  const pool = new Pool(url.origin, { connections: maxConnections, pipelining: 1 });

  return {
    post(headers, body, patience) {
      return new Promise((resolve, reject) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        let status = 0;
        let controller: Dispatcher.DispatchController | undefined;
        let fault: Error | undefined;
        const giveUp = (error: Error) => {
          fault ??= error;
          settle();
          // Its turn may not have come yet.
          controller?.abort(fault);
          reject(fault);
        };
        const leave = () => giveUp(new Error('Nobody waits for this any more.'));
        // The same time for all of them: such timers cost next to nothing.
        const timer = setTimeout(() => giveUp(new Error(`No answer within ${deadlineMs} ms.`)), deadlineMs);
        const settle = () => {
          clearTimeout(timer);
          patience?.removeEventListener('abort', leave);
        };
        patience?.addEventListener('abort', leave);

        pool.dispatch(
          {
            path: url.pathname,
            method: 'POST',
            headers: { ...headers, 'content-type': 'application/json' },
            body,
          },
          {
            onRequestStart(given) {
              controller = given;
              if (fault) given.abort(fault);
            },
            onResponseStart(_controller, statusCode) {
              status = statusCode;
            },
            onResponseData(_controller, chunk) {
              bytes += chunk.length;
              if (bytes > maxAnswerBytes) giveUp(new Error(`The answer is longer than ${maxAnswerBytes} bytes.`));
              else chunks.push(chunk);
            },
            onResponseEnd() {
              settle();
              try {
                const [only, ...others] = chunks;
                const whole = only && others.length === 0 ? only : Buffer.concat(chunks);
                resolve({ status, body: JSON.parse(whole.toString()) });
              } catch (error) {
                reject(error);
              }
            },
            onResponseError: (_controller, error) => giveUp(error),
          },
        );
      });
    },
    close: () => pool.destroy(),
  };
}
