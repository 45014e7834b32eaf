import type { Message, Producer } from 'kafkajs';
import { KafkaError } from './client.ts';

const MOST_MESSAGES = 500;
/** The brokers refuse batches of more than 1 MiB. */
const MOST_BYTES = 900_000;
/** Of a message besides key and value: its headers and its frame, at most. */
const FRAME_BYTES = 400;

const ALL_IN_SYNC = -1;

/**
 * Sends messages to one partition, in order. Resolves when every broker in sync has them.
 *
 * One partition per `send`, always: when a leader dies, the client's retry skips the brokers that had answered already,
 * and what they should have got for another partition, whose new leader they are, would be lost in silence.
 */
export async function sendToPartition(
  producer: Producer,
  topic: string,
  partition: number,
  messages: readonly (Message & { readonly value: string })[],
): Promise<void> {
  for (const slice of slices(messages)) {
    const answers = await producer.send({
      topic,
      acks: ALL_IN_SYNC,
      messages: slice.map((message) => ({ ...message, partition })),
    });
    const [answer] = answers;
    if (answers.length !== 1 || answer?.partition !== partition || answer.errorCode !== 0) {
      throw new KafkaError(`Kafka did not answer for partition ${partition} of ${topic}.`);
    }
  }
}

function* slices<Sized extends { readonly value: string; readonly key?: unknown }>(
  messages: readonly Sized[],
): Generator<Sized[]> {
  let slice: Sized[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = Buffer.byteLength(message.value) + Buffer.byteLength(String(message.key ?? '')) + FRAME_BYTES;
    if (slice.length === MOST_MESSAGES || (slice.length > 0 && bytes + size > MOST_BYTES)) {
      yield slice;
      slice = [];
      bytes = 0;
    }
    slice.push(message);
    bytes += size;
  }
  if (slice.length > 0) yield slice;
}
