import { randomUUID } from 'node:crypto';
import { EnvironmentError, kafkaEnvironment, kafkaOf, readEnvironment } from '@starling/platform/environment';
import { createKafkaEventLog } from '@starling/platform/event-log';
import { openDatabase } from '@starling/platform/postgres';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkKafkaAccess } from '../../platform/src/event-log/kafka/access.ts';
import { commit, numbersOf, TOPIC } from '../../platform/tests/support/events.ts';
import { build } from '../../scripts/build.mjs';
import { createTestDatabase } from '../../tests/support/database.ts';
import { type GuardedKafka, startGuardedKafka } from '../../tests/support/guarded-kafka.ts';
import { runProduct } from './support/product.ts';

const WHO = { username: 'starling', password: 'known-to-few' };
const WRONG = 'not-the-password';
const LOGIN = { KAFKA_USERNAME: WHO.username, KAFKA_PASSWORD: WHO.password };

let kafka: GuardedKafka;
beforeAll(async () => {
  build();
  kafka = await startGuardedKafka(WHO);
}, 120_000);
afterAll(() => kafka?.stop());

const given = (variables: Readonly<Record<string, string>>) => {
  const servers = kafkaOf(readEnvironment(kafkaEnvironment, variables));
  if (!servers) throw new Error('KAFKA_BROKERS is missing.');
  return servers;
};
const plain = () => given({ KAFKA_BROKERS: kafka.guarded, ...LOGIN, KAFKA_SASL_MECHANISM: 'plain' });
const scram256 = () => given({ KAFKA_BROKERS: kafka.guarded, ...LOGIN });
const scram512 = () => given({ KAFKA_BROKERS: kafka.guarded, ...LOGIN, KAFKA_SASL_MECHANISM: 'scram-sha-512' });
const encrypted = () =>
  given({ KAFKA_BROKERS: kafka.encrypted, ...LOGIN, KAFKA_TLS: 'on', KAFKA_CA_FILE: kafka.caFile });

test.each([
  ['plain', plain],
  ['SCRAM with SHA-256', scram256],
  ['SCRAM with SHA-512', scram512],
  ['SCRAM over TLS', encrypted],
])('events go through a Kafka that asks for a login by %s', async (_, servers) => {
  const { url, drop } = await createTestDatabase();
  const database = openDatabase({ url, applicationName: 'kafka login test' });
  await checkKafkaAccess(servers(), undefined);
  const timing = { heartbeatMs: 200, pollMs: 100 };
  const log = createKafkaEventLog({ url, ...servers(), prefix: `${randomUUID()}.`, timing });
  const numbers: number[] = [];
  const { caughtUp } = await log.consume({
    group: 'g',
    topics: [TOPIC],
    freshness: 'eventual',
    async handle(events) {
      numbers.push(...numbersOf(events));
    },
  });
  await commit(database, log, 1, 2);
  await caughtUp();
  expect(numbers).toEqual([1, 2]);
  await log.stop();
  await database.close();
  await drop();
});

describe('what somebody has to mend is told by the variable, and no password with it', () => {
  const cases: [string, () => Readonly<Record<string, string>>, RegExp][] = [
    [
      'a wrong password',
      () => ({ KAFKA_BROKERS: kafka.guarded, ...LOGIN, KAFKA_PASSWORD: WRONG }),
      /refuses KAFKA_USERNAME with KAFKA_PASSWORD/,
    ],
    [
      'a wrong password, told as it is',
      () => ({ KAFKA_BROKERS: kafka.guarded, ...LOGIN, KAFKA_PASSWORD: WRONG, KAFKA_SASL_MECHANISM: 'plain' }),
      /refuses KAFKA_USERNAME with KAFKA_PASSWORD/,
    ],
    [
      'a mechanism that it does not take',
      () => ({
        KAFKA_BROKERS: kafka.encrypted,
        ...LOGIN,
        KAFKA_SASL_MECHANISM: 'scram-sha-512',
        KAFKA_TLS: 'on',
        KAFKA_CA_FILE: kafka.caFile,
      }),
      /KAFKA_SASL_MECHANISM=scram-sha-512 is none that it takes/,
    ],
    [
      'a certificate that nobody knows',
      () => ({ KAFKA_BROKERS: kafka.encrypted, ...LOGIN, KAFKA_TLS: 'on' }),
      /set KAFKA_CA_FILE/,
    ],
  ];
  test.each(cases)('%s', async (_, variables, told) => {
    const refused: unknown = await checkKafkaAccess(given(variables()), undefined).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(EnvironmentError);
    expect(String(refused)).toMatch(told);
    expect(String(refused)).not.toMatch(new RegExp(`${WRONG}|${WHO.password}`));
  });

  test.each([
    ['no login where one is asked for', () => ({ KAFKA_BROKERS: kafka.guarded }), 'KAFKA_USERNAME or KAFKA_TLS=on'],
    ['no TLS where there is', () => ({ KAFKA_BROKERS: kafka.encrypted, ...LOGIN }), 'KAFKA_TLS=on'],
    ['TLS where there is none', () => ({ KAFKA_BROKERS: kafka.guarded, ...LOGIN, KAFKA_TLS: 'on' }), 'KAFKA_TLS=off'],
    ['nobody at the address', () => ({ KAFKA_BROKERS: '127.0.0.1:9' }), undefined],
  ])('but nobody is stopped by %s, which may pass', async (_, variables, told) => {
    const lines: string[] = [];
    const logger = pino({ level: 'warn' }, { write: (line) => void lines.push(JSON.parse(line).msg) });
    await checkKafkaAccess(given(variables()), logger);
    expect(lines).toEqual(told === undefined ? [] : [expect.stringMatching(new RegExp(`it may want ${told}$`))]);
  });
});

test('the product does not start with a wrong password, and says so', async () => {
  const { url, drop } = await createTestDatabase();
  const product = runProduct({
    shape: 'processes',
    environment: { DATABASE_URL: url, KAFKA_BROKERS: kafka.guarded, ...LOGIN, KAFKA_PASSWORD: WRONG },
  });
  expect(await product.ended).toBe(1);
  const said = product.out() + product.err();
  expect(said).toContain('refuses KAFKA_USERNAME with KAFKA_PASSWORD (KAFKA_SASL_MECHANISM=scram-sha-256)');
  expect(said).not.toContain(WRONG);
  await drop();
});
