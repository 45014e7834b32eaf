import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import type { Event } from '../event.ts';

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

/** @throws when it is no message of this log. */
export function decodeMessage(topic: string, { key, value, headers = {} }: KafkaMessage): RelayedEvent {
  const header = (name: string): string | undefined => headers[name]?.toString();
  const [id, name, occurredAt, lsn] = [header('id'), header('name'), header('occurred-at'), header('lsn')];
  if (!id || !name || !occurredAt || !value || !key) throw new Error(`A message of ${topic} holds no event.`);
  return {
    event: {
      id,
      topic,
      name,
      key: key.toString(),
      payload: JSON.parse(value.toString()),
      occurredAt: new Date(occurredAt),
    },
    lsn: lsn === undefined ? null : BigInt(`0x${lsn}`),
  };
}
