import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { KafkaLogin } from '@starling/platform/event-log';
import { isAlive } from '@starling/platform/postgres/embedded';
import { startBrokers } from '../../engines/kafka-brokers.ts';
import { freePorts, until } from '../../engines/processes.ts';

const run = promisify(execFile);

export type Who = Pick<KafkaLogin, 'username' | 'password'>;

/** One broker with three doors: one for everybody, and two for who logs in, of which the second one speaks TLS. */
export interface GuardedKafka {
  readonly open: string;
  readonly guarded: string;
  readonly encrypted: string;
  /** The certificate of the encrypted door, which nobody else has signed. */
  readonly caFile: string;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const STORE_PASSWORD = 'changeit';

/** Java brings the tool, so it is wherever Kafka is. */
async function makeCertificate(directory: string): Promise<{ readonly store: string; readonly caFile: string }> {
  const store = join(directory, 'broker.p12');
  const caFile = join(directory, 'broker.pem');
  const key = ['-alias', 'broker', '-keystore', store, '-storetype', 'PKCS12', '-storepass', STORE_PASSWORD];
  const subject = ['-dname', `CN=${HOST}`, '-ext', `SAN=ip:${HOST}`, '-keyalg', 'EC', '-validity', '30'];
  await run('keytool', ['-genkeypair', ...key, ...subject]);
  await run('keytool', ['-exportcert', '-rfc', ...key, '-file', caFile]);
  return { store, caFile };
}

export async function startGuardedKafka({ username, password }: Who): Promise<GuardedKafka> {
  const directory = await mkdtemp(join(tmpdir(), 'starling-guarded-kafka-'));
  const [guarded, encrypted] = (await freePorts(2)) as [number, number];
  const { store, caFile } = await makeCertificate(directory);
  const login = (door: string) => {
    const modules = 'org.apache.kafka.common.security';
    const scram = `${modules}.scram.ScramLoginModule required;`;
    return `listener.name.${door}.plain.sasl.jaas.config=${modules}.plain.PlainLoginModule required user_${username}="${password}";
listener.name.${door}.scram-sha-256.sasl.jaas.config=${scram}
listener.name.${door}.scram-sha-512.sasl.jaas.config=${scram}`;
  };
  const { brokers, addresses } = await startBrokers(directory, 1, {
    properties({ broker, controller }) {
      const doors = `PLAINTEXT://${HOST}:${broker},GUARDED://${HOST}:${guarded},ENCRYPTED://${HOST}:${encrypted}`;
      return `listeners=${doors},CONTROLLER://${HOST}:${controller}
advertised.listeners=${doors}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,GUARDED:SASL_PLAINTEXT,ENCRYPTED:SASL_SSL
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512
${login('guarded')}
listener.name.encrypted.sasl.enabled.mechanisms=SCRAM-SHA-256
listener.name.encrypted.scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.encrypted.ssl.keystore.location=${store}
listener.name.encrypted.ssl.keystore.type=PKCS12
listener.name.encrypted.ssl.keystore.password=${STORE_PASSWORD}
listener.name.encrypted.ssl.key.password=${STORE_PASSWORD}`;
    },
    format: ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
      '--add-scram',
      `${mechanism}=[name=${username},password=${password}]`,
    ]),
  });
  const [broker] = brokers;
  return {
    open: addresses,
    guarded: `${HOST}:${guarded}`,
    encrypted: `${HOST}:${encrypted}`,
    caFile,
    async stop() {
      if (broker) {
        process.kill(broker.pid, 'SIGKILL');
        await until('the broker is gone', async () => !isAlive(broker.pid));
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}
