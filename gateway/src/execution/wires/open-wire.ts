import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { IDENTITY_HEADER } from '@starling/platform/identity';
import { WIRE_PROTOCOL } from '@starling/platform/wire';

export interface OpenedWire {
  readonly socket: Socket;
  /** What came with the agreement. */
  readonly head: Buffer;
}

/**
 * Asks a subgraph to speak in frames. Rejects when it cannot be reached in time, and when whoever is there does not agree: an
 * older subgraph, or a proxy that passes nothing but HTTP.
 */
export function openWire(endpoint: URL, identity: string, timeoutMs: number): Promise<OpenedWire> {
  const request = (endpoint.protocol === 'https:' ? requestHttps : requestHttp)(endpoint, {
    agent: false,
    headers: { [IDENTITY_HEADER]: identity, connection: 'Upgrade', upgrade: WIRE_PROTOCOL },
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => request.destroy(new Error(`No wire within ${timeoutMs} ms.`)), timeoutMs);
    const end = () => clearTimeout(timer);
    request.once('upgrade', (response, socket: Socket, head) => {
      end();
      if (response.headers.upgrade === WIRE_PROTOCOL) resolve({ socket, head });
      else {
        socket.destroy();
        reject(new Error('A connection of another protocol.'));
      }
    });
    request.once('response', (response) => {
      end();
      response.destroy();
      reject(new Error(`No wire, but an answer with status ${response.statusCode}.`));
    });
    request.on('error', (error) => {
      end();
      reject(error);
    });
    request.end();
  });
}
