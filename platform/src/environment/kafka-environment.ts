import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { KafkaServers } from '../event-log/kafka/client.ts';
import { EnvironmentError, kafkaBrokers, onOrOff } from './read-environment.ts';

const SASL_MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

/** The variables of the Kafka that a product uses, and of how it is let in there. */
export const kafkaEnvironment = {
  /** Events that no read waits for travel through it, when given. */
  KAFKA_BROKERS: kafkaBrokers.optional(),
  KAFKA_USERNAME: z.string().optional(),
  KAFKA_PASSWORD: z.string().optional(),
  KAFKA_SASL_MECHANISM: z
    .enum(SASL_MECHANISMS, { error: `must be one of ${SASL_MECHANISMS.join(', ')}` })
    .default('scram-sha-256'),
  KAFKA_TLS: onOrOff.default(false),
  KAFKA_CA_FILE: z.string().optional(),
};

export type KafkaEnvironment = z.output<z.ZodObject<typeof kafkaEnvironment>>;

/**
 * Where Kafka is and how one is let in; undefined when there is none.
 *
 * @throws EnvironmentError when the variables do not go together, or the file cannot be read.
 */
export function kafkaOf(environment: KafkaEnvironment): KafkaServers | undefined {
  const { KAFKA_BROKERS: brokers, KAFKA_USERNAME: username, KAFKA_PASSWORD: password } = environment;
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_TLS: tls, KAFKA_CA_FILE: caFile } = environment;
  if (!brokers) return undefined;
  if (username === undefined && password !== undefined) {
    throw new EnvironmentError('KAFKA_USERNAME is not set: KAFKA_PASSWORD is of no use without it');
  }
  if (username !== undefined && password === undefined) {
    throw new EnvironmentError('KAFKA_PASSWORD is not set: KAFKA_USERNAME is of no use without it');
  }
  if (caFile !== undefined && !tls) {
    throw new EnvironmentError('KAFKA_TLS is not on: KAFKA_CA_FILE is of no use without it');
  }
  return {
    brokers,
    ...(username !== undefined && password !== undefined && { login: { username, password, mechanism } }),
    ...(tls && { tls: caFile === undefined ? {} : { ca: readCertificate(caFile) } }),
  };
}

function readCertificate(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new EnvironmentError(`KAFKA_CA_FILE cannot be read: ${(error as Error).message}`);
  }
}

/** The same variables, for a process of the product that is started by this one. */
export function kafkaVariables(environment: KafkaEnvironment): Record<string, string> {
  const { KAFKA_BROKERS, KAFKA_USERNAME, KAFKA_PASSWORD, KAFKA_SASL_MECHANISM, KAFKA_TLS, KAFKA_CA_FILE } = environment;
  if (!KAFKA_BROKERS) return {};
  return {
    KAFKA_BROKERS: KAFKA_BROKERS.join(','),
    KAFKA_SASL_MECHANISM,
    KAFKA_TLS: KAFKA_TLS ? 'on' : 'off',
    ...(KAFKA_USERNAME !== undefined && { KAFKA_USERNAME }),
    ...(KAFKA_PASSWORD !== undefined && { KAFKA_PASSWORD }),
    ...(KAFKA_CA_FILE !== undefined && { KAFKA_CA_FILE }),
  };
}
