import { signedOut } from '@starling/platform/identity';
import type { Logger } from 'pino';
import { openWire } from './open-wire.ts';
import { Wire, type WireOptions } from './wire.ts';

export interface WiresOptions extends WireOptions {
  readonly endpoint: URL;
  readonly logger: Logger;
}

export interface Wires {
  /** One on which something may be asked now. While there is none, and one may be on its way, there is HTTP. */
  ready(): Wire | undefined;
  close(): void;
}

const MAX_WIRES = 8;
/** When so many questions wait on each, one wire more is opened: it may lead to another instance of the subgraph. */
const CROWDED = 32;
/** After one could not be opened. */
const PAUSE_MS = 5_000;

/** The wires to one subgraph: as few as do, since what goes together on one costs less. */
export function openWires({ endpoint, logger, ...options }: WiresOptions): Wires {
  const { name, signer, deadlineMs } = options;
  const wires = new Set<Wire>();
  let isOpening = false;
  let notBefore = 0;
  let closed = false;

  async function openOne(): Promise<void> {
    isOpening = true;
    try {
      const { socket, head } = await openWire(endpoint, signer.sign(signedOut('gateway'), name), deadlineMs);
      const wire = new Wire(socket, head, options, (over) => wires.delete(over));
      if (closed) wire.destroy();
      else wires.add(wire);
    } catch (error) {
      notBefore = performance.now() + PAUSE_MS;
      logger.debug({ err: error, subgraph: name }, 'No wire to a subgraph: it is asked over HTTP');
    } finally {
      isOpening = false;
    }
  }

  function leastCrowded(): Wire | undefined {
    let best: Wire | undefined;
    for (const wire of wires) if (wire.isOpen && (!best || wire.waiting < best.waiting)) best = wire;
    return best;
  }

  /** Those that are over wait for what they were asked, for as long as that may take. */
  function mayOpen(): boolean {
    if (isOpening || closed || performance.now() < notBefore) return false;
    let count = 0;
    for (const wire of wires) if (!wire.isOver) count++;
    return count < MAX_WIRES;
  }

  return {
    ready() {
      const best = leastCrowded();
      if ((!best || best.waiting >= CROWDED) && mayOpen()) void openOne();
      return best;
    },
    close() {
      closed = true;
      for (const wire of wires) wire.destroy();
    },
  };
}
