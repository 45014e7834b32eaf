import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import { type Event, isEventId } from '../event.ts';

/** An event on its way to Kafka, and where in PostgreSQL's write-ahead log it was committed. */
export interface RelayedEvent {
  readonly event: Event;
  readonly lsn: bigint | null;
}

export function encodeMessage({ event, lsn }: RelayedEvent, more: IHeaders = {}): Message & { value: string } {
  return {
    key: event.key,
    value: JSON.stringify(event.payload),
    headers: {
      id: event.id,
      name: event.name,
      'occurred-at': event.occurredAt.toISOString(),
      ...(lsn !== null && { lsn: lsn.toString(16) }),
      ...more,
    },
  };
}

/** Undefined when it is no message of this log: whoever may write to a topic may have put it there. */
export function decodeMessage(message: KafkaMessage, topic: string): RelayedEvent | undefined {
  try {
    return decode(message, topic);
  } catch {
    return undefined;
  }
}

function timeOf(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new Error('That is no time.');
  return time;
}

function decode({ key, value, headers = {} }: KafkaMessage, topic: string): RelayedEvent | undefined {
  const header = (name: string): string | undefined => headers[name]?.toString();
  const [id, name, occurredAt, lsn] = [header('id'), header('name'), header('occurred-at'), header('lsn')];
  if (!id || !isEventId(id) || !name || !occurredAt || !value || !key) return undefined;
  const event = { id, topic, name, key: key.toString(), payload: JSON.parse(value.toString()) };
  return {
    event: { ...event, occurredAt: timeOf(occurredAt) },
    lsn: lsn === undefined ? null : BigInt(`0x${lsn}`),
  };
}
