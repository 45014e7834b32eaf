import type { Subgraph } from '@starling/platform/graphql';
import { createIdentitySigner, IDENTITY_HEADER, type Identity, signedOut } from '@starling/platform/identity';
import { type RunningServer, serveSubgraph } from '@starling/platform/subgraph-server';
import { GATEWAY, SUBGRAPH } from '@starling/platform/wire';
import pino from 'pino';
import { openTestWire, type TestWire } from './test-wire.ts';

export const secret = 'a secret of more than thirty-two characters';
export const ada: Identity = { viewer: { userId: '5', sessionId: '6', role: 'USER' }, requestId: 'told' };

/** The signer of the gateway. */
export const signer = createIdentitySigner({ secret, now: () => Date.now() });

/** A subgraph that is served, and a wire to it on which Ada's identity has the number 0. */
export async function serveOnAWire(subgraph: Subgraph): Promise<{ server: RunningServer; wire: TestWire }> {
  const logger = pino({ level: 'silent' });
  const server = await serveSubgraph({ subgraph, host: '127.0.0.1', port: 0, identitySecret: secret, logger });
  const token = (identity: Identity) => signer.sign(identity, subgraph.name);
  const wire = await openTestWire(server.url, { [IDENTITY_HEADER]: token(signedOut('gateway')) });
  if (typeof wire === 'number') throw new Error(`No wire, but ${wire}.`);
  wire.say(GATEWAY.identity, 0, token(ada));
  return { server, wire };
}

/** As Ada. */
export function question(operation: number, more: object = {}) {
  return { operation, identity: 0, requestId: 'r-1', deadlineMs: 10_000, ...more };
}

export const answer = (number: number, data: object) => ({
  kind: SUBGRAPH.answer,
  number,
  text: JSON.stringify({ data }),
});
