import { Agent, type IncomingMessage, request } from 'node:http';

export interface KeepAlivePoster {
  /**
   * Sends JSON and reads JSON. Rejects when the other side cannot be reached, is too slow, or answers something else, and
   * as soon as `signal` is aborted.
   */
  post(
    url: URL,
    headers: Readonly<Record<string, string>>,
    body: string,
    deadlineMs: number,
    signal?: AbortSignal,
  ): Promise<{ status: number; body: unknown }>;
  close(): void;
}

export interface KeepAliveOptions {
  readonly maxConnections: number;
  /** A longer answer is a fault. */
  readonly maxAnswerBytes: number;
}

async function readJson(response: IncomingMessage, maxBytes: number): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error(`The answer is longer than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString());
}

/** Posts over connections that stay open between requests. */
export function keepAlivePoster({ maxConnections, maxAnswerBytes }: KeepAliveOptions): KeepAlivePoster {
  const agent = new Agent({ keepAlive: true, maxSockets: maxConnections, scheduling: 'lifo' });
  return {
    post(url, headers, body, deadlineMs, leaving) {
      const deadline = AbortSignal.timeout(Math.ceil(deadlineMs));
      const signal = leaving ? AbortSignal.any([deadline, leaving]) : deadline;
      return new Promise((resolve, reject) => {
        const outgoing = request(
          url,
          {
            method: 'POST',
            agent,
            signal,
            headers: {
              ...headers,
              'content-type': 'application/json',
              'content-length': String(Buffer.byteLength(body)),
            },
          },
          (response) => {
            readJson(response, maxAnswerBytes).then(
              (answer) => resolve({ status: response.statusCode ?? 0, body: answer }),
              (error: unknown) => {
                response.destroy();
                reject(error);
              },
            );
          },
        );
        outgoing.on('error', reject);
        outgoing.end(body);
      });
    },
    close: () => agent.destroy(),
  };
}
