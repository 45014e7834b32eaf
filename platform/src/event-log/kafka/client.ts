import kafkajs, { Kafka, logLevel } from 'kafkajs';
import type { Logger } from 'pino';

export interface KafkaAddress {
  /** `host:port` of some brokers; they tell of the others. */
  readonly brokers: readonly string[];
  /** As the brokers' operators see this process. */
  readonly clientId: string;
  readonly logger?: Logger | undefined;
}

/** What everything that Kafka is to blame for is an instance of. Node.js finds it by the package as a whole alone. */
export const KafkaError = kafkajs.KafkaJSError;

/** For what is sent. A leader that died is replaced within seconds; what waits for it is not given up before. */
export const PATIENT = { initialRetryTime: 50, maxRetryTime: 1_000, retries: 50 };
/** For everything else: whoever connects or asks has a patience of its own, and may be told to stop. */
export const BRISK = { initialRetryTime: 50, maxRetryTime: 200, retries: 3 };

export function openKafka({ brokers, clientId, logger }: KafkaAddress): Kafka {
  return new Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: 1_000,
    requestTimeout: 5_000,
    retry: BRISK,
    logLevel: logLevel.WARN,
    // The client calls errors what it is about to try again: those who call it tell what failed in the end.
    logCreator:
      () =>
      ({ namespace, log: { message, error } }) =>
        logger?.debug({ namespace, error }, `kafka client: ${message}`),
  });
}
