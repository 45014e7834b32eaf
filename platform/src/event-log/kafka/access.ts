import { type Kafka, logLevel } from 'kafkajs';
import type { Logger } from 'pino';
import { EnvironmentError } from '../../environment/read-environment.ts';
import { type KafkaServers, openKafka } from './client.ts';

/** Codes of a certificate that nobody whom this process trusts has signed, or that is another host's. */
const UNTRUSTED = /CERT|UNABLE_TO_(?:GET_ISSUER|VERIFY)/;
/** Who expects something else to be said first ends the connection, and so does whoever is about to be away. */
const BROKEN_OFF = /Closed connection|ECONNRESET|EPROTO/;
const BROKEN_OFF_BEFORE_TLS = /before secure TLS|EPROTO/;
const UNSUPPORTED_MECHANISM = 33;

interface Told {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly cause?: unknown;
}

/** An error and what it was made of, newest first. */
function* causes(error: unknown): Generator<Told> {
  for (let at = error; at instanceof Error; at = at.cause) yield at as Told;
}

/**
 * Tries the door once: tells what somebody has to mend from what may pass. A Kafka that is away stops nobody.
 *
 * @throws EnvironmentError
 */
export async function checkKafkaAccess(servers: KafkaServers, logger: Logger | undefined): Promise<void> {
  const where = `Kafka at KAFKA_BROKERS=${servers.brokers.join(',')}`;
  const kafka = openKafka({ ...servers, clientId: 'starling-door' });
  kafka.logger().setLogLevel(logLevel.NOTHING);
  const admin = kafka.admin({ retry: { retries: 1, initialRetryTime: 50, maxRetryTime: 50 } });
  try {
    await admin.connect();
    // Nobody is asked for a name before.
    await admin.describeCluster();
  } catch (error) {
    const wrong = whatIsWrong(error, servers);
    if (wrong !== undefined) throw new EnvironmentError(`${where}: ${wrong}`);
    const told = [...causes(error)].map(({ message, code }) => `${message} ${String(code)}`).join(' ');
    if (BROKEN_OFF.test(told)) {
      logger?.warn({ err: error }, `${where} ends every connection: it may want ${wishesOf(servers, told)}`);
    }
  } finally {
    await disconnect(admin);
  }
}

/** One that never came to be needs no goodbye. */
const disconnect = (admin: ReturnType<Kafka['admin']>) => admin.disconnect().catch(() => {});

function wishesOf({ login, tls }: KafkaServers, told: string): string {
  if (tls && BROKEN_OFF_BEFORE_TLS.test(told)) return 'KAFKA_TLS=off';
  const wishes = [...(login ? [] : ['KAFKA_USERNAME']), ...(tls ? [] : ['KAFKA_TLS=on'])];
  return wishes.join(' or ') || 'to be called at another port';
}

function whatIsWrong(error: unknown, { login, tls }: KafkaServers): string | undefined {
  for (const { name, code } of causes(error)) {
    if (code === UNSUPPORTED_MECHANISM) return `KAFKA_SASL_MECHANISM=${login?.mechanism} is none that it takes.`;
    if (name === 'KafkaJSSASLAuthenticationError') {
      return `it refuses KAFKA_USERNAME with KAFKA_PASSWORD (KAFKA_SASL_MECHANISM=${login?.mechanism}).`;
    }
    if (tls && UNTRUSTED.test(String(code))) {
      return `its certificate is not trusted (${String(code)}): set KAFKA_CA_FILE to the certificate of who signed it.`;
    }
  }
  return undefined;
}
