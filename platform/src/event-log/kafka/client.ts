import kafkajs, { Kafka, logLevel, type SASLOptions } from 'kafkajs';
import type { Logger } from 'pino';

export interface KafkaLogin {
  readonly username: string;
  readonly password: string;
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
}

export interface KafkaServers {
  /** `host:port` of some brokers; they tell of the others. */
  readonly brokers: readonly string[];
  /** By SASL. Default nobody in particular. */
  readonly login?: KafkaLogin | undefined;
  /** Encrypted, with a certificate that this one (PEM) has signed, or one of those that Node.js trusts. Default in the clear. */
  readonly tls?: { readonly ca?: string } | undefined;
}

export interface KafkaAddress extends KafkaServers {
  /** As the brokers' operators see this process. */
  readonly clientId: string;
  readonly logger?: Logger | undefined;
}

/** What everything that Kafka is to blame for is an instance of. Node.js finds it by the package as a whole alone. */
export const KafkaError = kafkajs.KafkaJSError;

/** For what is sent. A leader that died is replaced within seconds; what waits for it is not given up before. */
export const PATIENT = { initialRetryTime: 50, maxRetryTime: 1_000, retries: 50 };
/** For everything else: whoever connects or asks has a patience of its own, and may be told to stop. */
const BRISK = { initialRetryTime: 50, maxRetryTime: 200, retries: 3 };

export function openKafka({ brokers, login, tls, clientId, logger }: KafkaAddress): Kafka {
  return new Kafka({
    brokers: [...brokers],
    clientId,
    ...(login && { sasl: { ...login } as SASLOptions }),
    ...(tls && { ssl: tls.ca === undefined ? true : { ca: [tls.ca] } }),
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
