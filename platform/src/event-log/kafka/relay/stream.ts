import { setTimeout as pause } from 'node:timers/promises';
import { LogicalReplicationService, type Pgoutput, PgoutputPlugin } from 'pg-logical-replication';
import type { Event } from '../../event.ts';
import { formatLsn, parseLsn } from '../lsn.ts';
import type { RelayedEvent } from '../message.ts';
import { BARRIER } from './barrier.ts';
import type { Place } from './slot.ts';

const PUBLICATION = 'starling_outbox';
/** Events that wait to be sent, at most: PostgreSQL waits with the rest. */
const MOST_WAITING = 20_000;
/** Events that are sent together, at most. */
const MOST_TOGETHER = 5_000;
/** PostgreSQL ends a connection that says nothing for a minute; it may be set to less. */
const SIGN_OF_LIFE_MS = 1_000;
const GOODBYE_MS = 1_000;

/** What has been committed, in the order of the commits. */
export interface Taken {
  readonly events: readonly RelayedEvent[];
  /** Everything committed before this place is in this or in an earlier answer; null in the middle of a transaction. */
  readonly upTo: bigint | null;
}

export interface OutboxStream {
  /** Waits for something, and takes as much of it as may be sent together. Rejects when the stream has broken. */
  take(): Promise<Taken>;
  /** Nothing before this place will be asked for again. */
  acknowledge(lsn: bigint): void;
  close(): Promise<void>;
}

type Item = { readonly event: RelayedEvent } | { readonly mark: bigint };

/** The outbox as it is committed, from a place on, decoded by PostgreSQL from its write-ahead log. */
export function openStream(url: string, { slot, lsn }: Place): OutboxStream {
  const service = new LogicalReplicationService(
    { connectionString: url, application_name: 'starling event log relay', keepAlive: true },
    // Otherwise it acknowledges by itself what has only been received.
    { acknowledge: { auto: false, timeoutSeconds: 0 }, flowControl: { enabled: true } },
  );
  let items: Item[] = [];
  let broken: Error | undefined;
  let wake = () => {};
  let roomy = () => {};
  let room: Promise<void> | undefined;
  let transaction: bigint | null = null;
  let acknowledged = lsn;

  const fail = (error: Error) => {
    broken ??= error;
    wake();
    roomy();
  };

  const receive = (message: Pgoutput.Message): void => {
    switch (message.tag) {
      case 'begin':
        transaction = message.commitLsn === null ? null : parseLsn(message.commitLsn);
        break;
      case 'insert':
        items.push({ event: { event: toEvent(message.new), lsn: transaction } });
        break;
      case 'commit':
        transaction = null;
        if (message.commitEndLsn) items.push({ mark: parseLsn(message.commitEndLsn) });
        break;
      case 'message':
        if (message.prefix === BARRIER && message.messageLsn) items.push({ mark: parseLsn(message.messageLsn) });
        break;
    }
    if (items.length > 0) wake();
  };

  service.on('data', (_lsn: string, message: Pgoutput.Message) => {
    receive(message);
    if (items.length < MOST_WAITING || broken) return undefined;
    room ??= new Promise((resolve) => {
      roomy = () => {
        room = undefined;
        resolve();
      };
    });
    return room;
  });
  service.on('error', fail);

  // The library tells PostgreSQL of the byte after the one that it is given. A transaction may commit right there, and
  // would be passed over.
  const tell = () =>
    service.acknowledge(formatLsn(acknowledged - 1n)).catch((error: Error) => {
      fail(error);
    });
  service.on('heartbeat', () => void tell());
  const signOfLife = setInterval(tell, SIGN_OF_LIFE_MS).unref();

  service
    .subscribe(
      new PgoutputPlugin({ protoVersion: 1, publicationNames: [PUBLICATION], messages: true }),
      slot,
      formatLsn(lsn),
    )
    .then(
      () => fail(new Error('PostgreSQL has ended the replication.')),
      (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))),
    );

  return {
    async take() {
      while (items.length === 0 && !broken) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (broken) throw broken;
      const taken = items.slice(0, MOST_TOGETHER);
      items = items.slice(MOST_TOGETHER);
      if (items.length < MOST_WAITING) roomy();
      let upTo: bigint | null = null;
      const events: RelayedEvent[] = [];
      for (const item of taken) {
        if ('mark' in item) upTo = item.mark;
        else events.push(item.event);
      }
      return { events, upTo };
    },
    acknowledge(place) {
      acknowledged = place;
      void tell();
    },
    async close() {
      clearInterval(signOfLife);
      fail(new Error('The stream has been closed.'));
      // A server that is away answers no goodbye.
      const closed = service.destroy().catch(() => {});
      await Promise.race([closed, pause(GOODBYE_MS, undefined, { ref: false })]);
    },
  };
}

function toEvent(row: Record<string, unknown>): Event {
  const { id, topic, name, key, payload, occurred_at: occurredAt } = row;
  return { id, topic, name, key, payload, occurredAt } as Event;
}
