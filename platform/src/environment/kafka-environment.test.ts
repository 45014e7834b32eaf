import { describe, expect, test } from 'vitest';
import { type KafkaEnvironment, kafkaEnvironment, kafkaOf, kafkaVariables } from './kafka-environment.ts';
import { EnvironmentError, readEnvironment } from './read-environment.ts';

const read = (variables: Readonly<Record<string, string>>): KafkaEnvironment =>
  readEnvironment(kafkaEnvironment, variables);
const BROKERS = { KAFKA_BROKERS: 'one:9092,two:9092' };
const LOGIN = { KAFKA_USERNAME: 'starling', KAFKA_PASSWORD: 'known to few' };

describe('the way to Kafka', () => {
  test('is none without addresses, whatever else is set', () => {
    expect(kafkaOf(read({ ...LOGIN, KAFKA_TLS: 'on' }))).toBeUndefined();
    expect(kafkaVariables(read(LOGIN))).toEqual({});
  });

  test('is open and in the clear by default', () => {
    expect(kafkaOf(read(BROKERS))).toEqual({ brokers: ['one:9092', 'two:9092'] });
  });

  test('is by SCRAM for who logs in, unless told', () => {
    const login = { username: 'starling', password: 'known to few' };
    expect(kafkaOf(read({ ...BROKERS, ...LOGIN }))?.login).toEqual({ ...login, mechanism: 'scram-sha-256' });
    const plain = { ...BROKERS, ...LOGIN, KAFKA_SASL_MECHANISM: 'plain', KAFKA_TLS: 'on' };
    expect(kafkaOf(read(plain))).toMatchObject({ login: { ...login, mechanism: 'plain' }, tls: {} });
  });

  test('is handed on to processes as it was given', () => {
    const given = { ...BROKERS, ...LOGIN, KAFKA_SASL_MECHANISM: 'plain', KAFKA_TLS: 'on', KAFKA_CA_FILE: 'ca.pem' };
    expect(kafkaVariables(read(given))).toEqual(given);
  });

  test.each([
    [{ KAFKA_USERNAME: 'starling' }, 'KAFKA_PASSWORD is not set'],
    [{ KAFKA_PASSWORD: 'known to few' }, 'KAFKA_USERNAME is not set'],
    [{ KAFKA_CA_FILE: 'ca.pem' }, 'KAFKA_TLS is not on'],
    [{ KAFKA_TLS: 'on', KAFKA_CA_FILE: '/nowhere/ca.pem' }, 'KAFKA_CA_FILE cannot be read'],
    [{ ...LOGIN, KAFKA_SASL_MECHANISM: 'md5' }, 'KAFKA_SASL_MECHANISM must be one of plain, scram-sha-256'],
    [{ KAFKA_TLS: 'yes' }, 'KAFKA_TLS must be on or off'],
  ])('is refused with %j, by the name of the variable', (variables, told) => {
    const refused = () => kafkaOf(read({ ...BROKERS, ...variables }));
    expect(refused).toThrow(EnvironmentError);
    expect(refused).toThrow(told);
    expect(refused).not.toThrow('known to few');
  });
});
