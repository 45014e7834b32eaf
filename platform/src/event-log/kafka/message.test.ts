import type { KafkaMessage } from 'kafkajs';
import { expect, test } from 'vitest';
import { decodeMessage, encodeMessage } from './message.ts';

const event = {
  id: '0192c3a4-0000-7000-8000-000000000000',
  topic: 'tests.number',
  name: 'number.drawn.v1',
  key: 'k',
  payload: { number: 7 },
  occurredAt: new Date('2026-01-02T03:04:05.678Z'),
};

/** As the broker hands it over. */
function delivered({ key, value, headers }: ReturnType<typeof encodeMessage>): KafkaMessage {
  const bytes = Object.entries(headers ?? {}).map(([name, text]) => [name, Buffer.from(String(text))] as const);
  return {
    key: Buffer.from(String(key)),
    value: Buffer.from(value),
    headers: Object.fromEntries(bytes),
    timestamp: '0',
    attributes: 0,
    offset: '0',
  };
}

test.each([{ lsn: null }, { lsn: 0x16_b374_d848n }])(
  'an event comes back as it went, with its place $lsn',
  ({ lsn }) => {
    expect(decodeMessage(delivered(encodeMessage({ event, lsn })), event.topic)).toEqual({ event, lsn });
  },
);

const ours = delivered(encodeMessage({ event, lsn: 1n }));

test.each([
  { what: 'no headers', message: { ...ours, headers: {} } },
  { what: 'no value, as for compaction', message: { ...ours, value: null } },
  { what: 'no key', message: { ...ours, key: null } },
  { what: 'a value that is no JSON', message: { ...ours, value: Buffer.from('hello') } },
  { what: 'an id that no table takes', message: { ...ours, headers: { ...ours.headers, id: 'seven' } } },
  { what: 'no time', message: { ...ours, headers: { ...ours.headers, 'occurred-at': 'yesterday' } } },
  { what: 'no place', message: { ...ours, headers: { ...ours.headers, lsn: 'here' } } },
])('a message with $what holds no event', ({ message }) => {
  expect(decodeMessage(message as KafkaMessage, event.topic)).toBeUndefined();
});
