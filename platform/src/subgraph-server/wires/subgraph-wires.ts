import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { IDENTITY_HEADER, type IdentityVerifier } from '../../identity/identity-token.ts';
import { refuseUpgrade } from '../../web-socket/graphql-sockets.ts';
import { WIRE_PROTOCOL } from '../../wire/messages.ts';
import type { SubgraphRunner } from '../subgraph-runner.ts';
import { type ServedWire, serveWire } from './wire-conversation.ts';

export interface SubgraphWires {
  /** An upgrade to a wire. */
  accept(request: IncomingMessage, connection: Duplex, head: Buffer): void;
  /** Tells gateways to ask elsewhere, and answers what they have asked. */
  close(): Promise<void>;
}

/** Those of more than a hundred gateways. What a wire knows by number takes some megabytes at most. */
const MAX_WIRES = 1_000;

const ACCEPTED = `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${WIRE_PROTOCOL}\r\n\r\n`;

/** Gateways' wires: connections on which questions and answers are frames, of many viewers at once. */
export function acceptWires(runner: SubgraphRunner, identities: IdentityVerifier, logger: Logger): SubgraphWires {
  const wires = new Set<ServedWire>();
  let closing = false;

  return {
    accept({ headers }, connection, head) {
      if (identities.verify(headers[IDENTITY_HEADER]) === null) return refuseUpgrade(connection, '401 Unauthorized');
      if (closing || wires.size >= MAX_WIRES) return refuseUpgrade(connection, '503 Service Unavailable');
      connection.write(ACCEPTED);
      const wire = serveWire(connection, runner, identities, logger);
      wires.add(wire);
      void wire.closed.then(() => wires.delete(wire));
      if (head.length > 0) connection.unshift(head);
    },
    async close() {
      closing = true;
      const leaving = [...wires];
      for (const wire of leaving) wire.goAway();
      await Promise.all(leaving.map(({ closed }) => closed));
    },
  };
}
