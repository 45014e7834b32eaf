import type { Server, ServerResponse } from 'node:http';

export interface RequestsUnderWay {
  /**
   * Waits until the last request is answered, then ends every connection. The server takes no new ones any more: call it
   * while it closes. Without it, Node waits a minute for a connection on which no request has ever come, as browsers open
   * them in advance: it takes them for busy.
   */
  endConnections(): Promise<void>;
}

/** Counts a server's requests from now on. WebSockets are not among them. */
export function requestsUnderWay(server: Server): RequestsUnderWay {
  const open = new Set<ServerResponse>();
  let onLast = () => {};
  server.on('request', (_request, response: ServerResponse) => {
    open.add(response);
    response.once('close', () => {
      open.delete(response);
      if (open.size === 0) onLast();
    });
  });
  return {
    async endConnections() {
      if (open.size > 0) {
        await new Promise<void>((resolve) => {
          onLast = resolve;
        });
      }
      server.closeAllConnections();
    },
  };
}
