import { crc32 } from 'node:zlib';
import type { Admin } from 'kafkajs';
import { KafkaError } from './client.ts';

const DAY_MS = 24 * 3_600_000;

export interface TopicShape {
  /** Never more than a topic began with: a key's events would go on in another partition, out of order. */
  readonly partitions: number;
  readonly retentionMs: number;
}

const ORDINARY: TopicShape = { partitions: 6, retentionMs: 7 * DAY_MS };
/** Letters wait for people. */
const DEAD_LETTERS: TopicShape = { partitions: 1, retentionMs: 90 * DAY_MS };

/** The product's topics as they are created; one that is not named here, such as a test's, is ordinary. */
export const TOPICS: Readonly<Record<string, TopicShape>> = {
  'users.account': { partitions: 6, retentionMs: 7 * DAY_MS },
  'users.session': { partitions: 3, retentionMs: 7 * DAY_MS },
  'users.digest': { partitions: 3, retentionMs: 7 * DAY_MS },
  'tweets.tweet': { partitions: 12, retentionMs: 7 * DAY_MS },
  'tweets.like': { partitions: 12, retentionMs: 7 * DAY_MS },
  'tweets.bookmark': { partitions: 6, retentionMs: 7 * DAY_MS },
  'tweets.moderation': { partitions: 3, retentionMs: 7 * DAY_MS },
  'tweets.popular': { partitions: 1, retentionMs: 7 * DAY_MS },
  'tweets.pin': { partitions: 3, retentionMs: 7 * DAY_MS },
  'tweets.recount': { partitions: 1, retentionMs: 7 * DAY_MS },
  'social-graph.follow': { partitions: 12, retentionMs: 7 * DAY_MS },
  'social-graph.follow-request': { partitions: 6, retentionMs: 7 * DAY_MS },
  'social-graph.block': { partitions: 3, retentionMs: 7 * DAY_MS },
  'social-graph.mute': { partitions: 3, retentionMs: 7 * DAY_MS },
  'social-graph.keyword': { partitions: 3, retentionMs: 7 * DAY_MS },
  'social-graph.list': { partitions: 3, retentionMs: 7 * DAY_MS },
  'timeline.push-limit': { partitions: 1, retentionMs: 7 * DAY_MS },
  'notifications.digest': { partitions: 3, retentionMs: 7 * DAY_MS },
  'notifications.push': { partitions: 3, retentionMs: 7 * DAY_MS },
};

const DEAD_LETTER_SUFFIX = '.dead-letter';

export function deadLetterTopic(topic: string): string {
  return `${topic}${DEAD_LETTER_SUFFIX}`;
}

export function shapeOf(topic: string): TopicShape {
  return TOPICS[topic] ?? (topic.endsWith(DEAD_LETTER_SUFFIX) ? DEAD_LETTERS : ORDINARY);
}

/** Which partition holds the events of a key: all of them the same one. */
export function partitionOf(key: string, partitions: number): number {
  return crc32(key) % partitions;
}

/** The log's topics on a cluster, under a prefix that keeps logs apart which share the cluster. */
export interface Topics {
  /** A topic's name on the cluster. */
  onCluster(topic: string): string;
  /** Creates what is missing, and answers how many partitions each topic has, in the order of the question. */
  ensure(admin: Admin, topics: readonly string[]): Promise<number[]>;
}

export function topicsOf(prefix: string): Topics {
  const known = new Map<string, number>();
  const onCluster = (topic: string) => `${prefix}${topic}`;
  return {
    onCluster,
    async ensure(admin, topics) {
      const unknown = [...new Set(topics)].filter((topic) => !known.has(topic));
      if (unknown.length > 0) {
        await admin.createTopics({
          waitForLeaders: true,
          topics: unknown.map((topic) => {
            const { partitions, retentionMs } = shapeOf(topic);
            return {
              topic: onCluster(topic),
              numPartitions: partitions,
              // As many copies as the brokers are set to make.
              replicationFactor: -1,
              configEntries: [
                { name: 'retention.ms', value: String(retentionMs) },
                // Events that waited for the cluster are kept as long as others.
                { name: 'message.timestamp.type', value: 'LogAppendTime' },
              ],
            };
          }),
        });
        const metadata = await admin.fetchTopicMetadata({ topics: unknown.map(onCluster) });
        for (const topic of unknown) {
          const found = metadata.topics.find(({ name }) => name === onCluster(topic));
          if (!found || found.partitions.length === 0)
            throw new KafkaError(`Kafka has not created the topic ${topic}.`);
          known.set(topic, found.partitions.length);
        }
      }
      return topics.map((topic) => known.get(topic) as number);
    },
  };
}
