import type { ClientOptions } from 'graphql-ws';
import { WebSocket } from 'ws';

/** A subgraph that has not taken a connection by then, or not said so, is away. */
const CONNECTED_WITHIN_MS = 9_000;

class SubgraphSocket extends WebSocket {
  constructor(address: string, protocols: string) {
    super(address, protocols, { handshakeTimeout: CONNECTED_WITHIN_MS });
  }
}

/**
 * Options of a connection that ends when the other end is silent: a machine that is gone, or a process that stands still, says
 * no goodbye, and streams would wait for it without a word. It is asked every `pingMs` for a sign of life, and has as long to
 * give one.
 */
export function attentive(pingMs: number) {
  let socket: WebSocket | undefined;
  let impatience: NodeJS.Timeout | undefined;
  const calm = () => clearTimeout(impatience);
  return {
    webSocketImpl: SubgraphSocket,
    connectionAckWaitTimeout: CONNECTED_WITHIN_MS,
    keepAlive: pingMs,
    on: {
      connected(opened) {
        socket = opened as WebSocket;
      },
      ping(isTheirs) {
        if (!isTheirs) impatience = setTimeout(() => socket?.terminate(), pingMs);
      },
      pong(isTheirs) {
        if (isTheirs) calm();
      },
      closed: calm,
    },
  } satisfies Partial<ClientOptions>;
}
