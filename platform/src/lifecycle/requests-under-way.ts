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
  // A number, and not the responses: a set to which one is added and from which one is taken all the time is copied again and
  // again, and each copy that is left behind keeps what was open then alive until the old generation is collected.
  let open = 0;
  let onLast = () => {};
  server.on('request', (_request, response: ServerResponse) => {
    open++;
    response.once('close', () => {
      open--;
      if (open === 0) onLast();
    });
  });
  return {
    async endConnections() {
      if (open > 0) {
        await new Promise<void>((resolve) => {
          onLast = resolve;
        });
      }
      server.closeAllConnections();
    },
  };
}
