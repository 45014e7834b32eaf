import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Answer } from './send.ts';

export interface LiveStream<Data> {
  /** The next event, as soon as there is one. Rejects when the stream ends instead. */
  next(): Promise<Answer<Data>>;
  end(): Promise<void>;
}

/** A client's connection, as a library that knows the protocol holds it. */
export interface LiveClient {
  readonly client: Client;
  subscribe<Data>(document: string, variables?: object): LiveStream<Data>;
  close(): Promise<void>;
}

export function openLiveClient(url: string, token?: string): LiveClient {
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    connectionParams: token === undefined ? {} : { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  return {
    client,
    subscribe<Data>(query: string, variables: object = {}) {
      const events = client.iterate<Data>({ query, variables: { ...variables } });
      return {
        async next() {
          const result = await events.next();
          if (result.done) throw new Error('The stream has ended.');
          return result.value as Answer<Data>;
        },
        async end() {
          await events.return?.();
        },
      };
    },
    close: async () => client.dispose(),
  };
}
