import type { Pgoutput } from 'pg-logical-replication';
import type { Event } from '../../event.ts';
import { parseLsn } from '../lsn.ts';
import type { RelayedEvent } from '../message.ts';
import { BARRIER } from './barrier.ts';
import { openReplication } from './replication.ts';
import type { Place } from './slot.ts';

/** Events that wait to be sent, at most: PostgreSQL waits with the rest. */
const MOST_WAITING = 20_000;
/** Events that are sent together, at most. */
const MOST_TOGETHER = 5_000;

/** What has been committed, in the order of the commits. */
export interface Taken {
  readonly events: readonly RelayedEvent[];
  /** The transactions that they are of. */
  readonly transactionIds: readonly string[];
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

type Item = { readonly event: RelayedEvent; readonly transactionId: string } | { readonly mark: bigint };

/** The outbox as it is committed, from a place on, decoded by PostgreSQL from its write-ahead log. */
export function openStream(url: string, place: Place): OutboxStream {
  let items: Item[] = [];
  let broken: Error | undefined;
  let wake = () => {};
  let full = false;
  let transaction: bigint | null = null;

  const fail = (error: Error) => {
    broken ??= error;
    wake();
  };

  const receive = (message: Pgoutput.Message): void => {
    switch (message.tag) {
      case 'begin':
        transaction = message.commitLsn === null ? null : parseLsn(message.commitLsn);
        break;
      case 'insert':
        items.push({
          event: { event: toEvent(message.new), lsn: transaction },
          transactionId: String(message.new.transaction_id),
        });
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
    if (items.length < MOST_WAITING || full) return;
    full = true;
    replication.pause();
  };

  const replication = openReplication({ url, place, onMessage: receive, onEnd: fail });

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
      if (full && items.length < MOST_WAITING) {
        full = false;
        replication.resume();
      }
      let upTo: bigint | null = null;
      const events: RelayedEvent[] = [];
      const transactionIds = new Set<string>();
      for (const item of taken) {
        if ('mark' in item) {
          upTo = item.mark;
          continue;
        }
        events.push(item.event);
        transactionIds.add(item.transactionId);
      }
      return { events, transactionIds: [...transactionIds], upTo };
    },
    acknowledge: replication.acknowledge,
    close: replication.close,
  };
}

function toEvent(row: Record<string, unknown>): Event {
  const { id, topic, name, key, payload, occurred_at: occurredAt } = row;
  return { id, topic, name, key, payload, occurredAt } as Event;
}
