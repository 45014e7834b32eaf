import { IDENTITY_HEADER, type Identity, type IdentitySigner, signedOut } from '@starling/platform/identity';
import { DEADLINE_HEADER, type SubgraphRequest, type SubgraphStream } from '@starling/platform/subgraph-server';
import type { FormattedExecutionResult } from 'graphql';
import { createClient } from 'graphql-ws';
import type { Logger } from 'pino';
import { boundedStream } from './bounded-stream.ts';
import { keepAlivePoster } from './keep-alive-post.ts';
import { readAnswer } from './remote-answer.ts';
import { attentive } from './subgraph-connection.ts';
import { type Patience, type SubgraphSource, unavailable } from './subgraph-source.ts';
import type { WireAnswer } from './wires/asker.ts';
import { openWires } from './wires/wires.ts';

export interface RemoteSourceOptions {
  readonly name: string;
  /** Such as `http://127.0.0.1:4001`: its `/graphql` takes operations. */
  readonly url: string;
  readonly signer: IdentitySigner;
  /** The longest that one fetch may take. */
  readonly deadlineMs: number;
  /** Between two questions for a sign of life, on the connection of the subscriptions. Default 10,000 ms. */
  readonly pingMs?: number;
  readonly logger: Logger;
  /** Told of every question that was asked for several fetches at once. */
  readonly onJointQuestion?: () => void;
}

const MAX_CONNECTIONS = 64;
/** A page of 100 long tweets with everything about them is a hundredth of it. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
/** Events that wait for one subscriber; whoever is further behind has to come again. */
const MAX_WAITING_EVENTS = 2_000;

/**
 * A subgraph in a process of its own, reached over wires, over kept-alive HTTP while there are none, and for subscriptions over
 * one shared WebSocket.
 */
export function remoteSource({
  name,
  url,
  signer,
  deadlineMs,
  pingMs = 10_000,
  logger,
  onJointQuestion,
}: RemoteSourceOptions): SubgraphSource {
  const endpoint = new URL('/graphql', url);
  const poster = keepAlivePoster(endpoint, {
    maxConnections: MAX_CONNECTIONS,
    maxAnswerBytes: MAX_ANSWER_BYTES,
    deadlineMs,
  });
  const wires = openWires({
    name,
    endpoint,
    signer,
    maxAnswerBytes: MAX_ANSWER_BYTES,
    deadlineMs,
    logger,
    onJointQuestion,
  });
  const socket = createClient({
    url: String(endpoint).replace(/^http/, 'ws'),
    connectionParams: () => ({ identity: signer.sign(signedOut('gateway'), name) }),
    // An identity token is good for one attempt. A lost connection ends its subscriptions, and clients come again.
    retryAttempts: 0,
    ...attentive(pingMs),
    onNonLazyError: (error) => logger.warn({ err: error, subgraph: name }, 'A subgraph connection broke'),
  });

  /** The subgraph's log has them under the id of another request, which was asked for at the same time. */
  function tellWhereFaultsAre(requestId: string, askedAs: string): void {
    if (requestId === askedAs) return;
    logger.warn({ subgraph: name, requestId, askedAs }, 'What a subgraph was asked for several requests had errors');
  }

  function ask(
    request: SubgraphRequest,
    identity: Identity,
    leftMs: number,
    patience: Patience | undefined,
  ): Promise<WireAnswer> {
    const wire = wires.ready();
    if (wire) return wire.ask(request, identity, leftMs, patience);
    const headers = {
      [IDENTITY_HEADER]: signer.sign(identity, name),
      [DEADLINE_HEADER]: String(leftMs),
      'x-request-id': identity.requestId,
    };
    const { query, variables, operationName } = request;
    return poster.post(headers, JSON.stringify({ query, variables, operationName }), patience);
  }

  return {
    name,
    async execute(request, identity, patience) {
      const left = patience ? Math.min(deadlineMs, patience.deadlineAt - performance.now()) : deadlineMs;
      if (left < 1) return unavailable(name);
      try {
        const { status, body, askedAs } = await ask(request, identity, Math.floor(left), patience);
        const answer = readAnswer(status, body);
        if (answer.errors && askedAs !== undefined) tellWhereFaultsAre(identity.requestId, askedAs);
        return answer;
      } catch (error) {
        // Whoever asked has left: nothing is wrong with the subgraph.
        if (patience?.aborted) return unavailable(name);
        logger.error({ err: error, subgraph: name, requestId: identity.requestId }, 'A subgraph did not answer');
        return unavailable(name);
      }
    },
    async subscribe({ query, variables, operationName }, identity: Identity, limits = {}): Promise<SubgraphStream> {
      const { stream, push, end } = boundedStream<FormattedExecutionResult>(MAX_WAITING_EVENTS, limits);
      const stop = socket.subscribe<Record<string, unknown>>(
        {
          query,
          variables: variables ? { ...variables } : null,
          operationName: operationName ?? null,
          extensions: { identity: signer.sign(identity, name) },
        },
        {
          next: (event) => push(event as FormattedExecutionResult),
          error: (error) => {
            if (Array.isArray(error)) push({ errors: error });
            else {
              logger.warn({ subgraph: name, requestId: identity.requestId }, 'A subscription lost its subgraph');
              push(unavailable(name));
            }
            end();
          },
          complete: end,
        },
      );
      return stream(stop);
    },
    async close() {
      wires.close();
      await socket.dispose();
      await poster.close();
    },
  };
}
