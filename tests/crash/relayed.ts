import { randomUUID } from 'node:crypto';
import { type EachBatchPayload, Kafka, logLevel } from 'kafkajs';

const READ_WITHIN_MS = 30_000;

/**
 * Ids of all events that the brokers hold, of every topic, read from its beginning. Rejects when they cannot be read in time.
 * What no read waits for is fed by the brokers alone, and streams look after what they missed by themselves: a broker that
 * forgot would be noticed here and nowhere else.
 */
export async function relayedIds(brokers: string): Promise<ReadonlySet<string>> {
  const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  const consumer = kafka.consumer({ groupId: randomUUID() });
  const ids = new Set<string>();
  try {
    await admin.connect();
    const topics = (await admin.listTopics()).filter((topic) => !topic.startsWith('__'));
    const ahead = new Map<string, bigint>();
    for (const topic of topics) {
      for (const { partition, high, low } of await admin.fetchTopicOffsets(topic)) {
        if (BigInt(high) > BigInt(low)) ahead.set(`${topic} ${partition}`, BigInt(high));
      }
    }
    if (ahead.size === 0) return ids;
    await consumer.connect();
    await consumer.subscribe({ topics, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`Kafka was not read in ${READ_WITHIN_MS} ms.`)), READ_WITHIN_MS);
      const eachBatch = async ({ batch }: EachBatchPayload) => {
        for (const { headers } of batch.messages) ids.add(String(headers?.id));
        const place = `${batch.topic} ${batch.partition}`;
        if (BigInt(batch.lastOffset()) + 1n >= (ahead.get(place) ?? 0n)) ahead.delete(place);
        if (ahead.size > 0) return;
        clearTimeout(late);
        resolve();
      };
      consumer.run({ eachBatch }).catch(reject);
    });
    return ids;
  } finally {
    await consumer.disconnect();
    await admin.disconnect();
  }
}
