import { expect, it } from 'vitest';
import { readGatewayEnvironment } from './environment.ts';

const given = {
  DATABASE_URL: 'postgres://localhost/starling',
  IDENTITY_SECRET: 'x'.repeat(32),
  USERS_URL: 'http://127.0.0.1:4001',
  TWEETS_URL: 'http://127.0.0.1:4002',
  SOCIAL_GRAPH_URL: 'https://graph.internal',
  TIMELINE_URL: 'http://127.0.0.1:4004/',
  NOTIFICATIONS_URL: 'http://127.0.0.1:4005',
};

it('has defaults for what is not about other parts', () => {
  expect(readGatewayEnvironment(given)).toEqual({
    ...given,
    HOST: '127.0.0.1',
    PORT: 4_000,
    LOG_LEVEL: 'info',
    NODE_ENV: 'production',
    TRUSTED_DOCUMENTS: 'off',
  });
});

it.each([
  [{ USERS_URL: undefined }, 'USERS_URL is not set: must be an address'],
  [{ DATABASE_URL: undefined }, 'DATABASE_URL is not set: must be an address'],
  [{ IDENTITY_SECRET: undefined }, 'IDENTITY_SECRET is not set: the gateway and the subgraphs share one'],
  [{ TWEETS_URL: 'ftp://elsewhere' }, 'TWEETS_URL must be an address'],
  [{ IDENTITY_SECRET: 'short' }, 'IDENTITY_SECRET must have at least 32 characters'],
  [{ TRUSTED_DOCUMENTS: 'yes' }, 'TRUSTED_DOCUMENTS must be off or only'],
  [{ METRICS_PORT: 'high' }, 'METRICS_PORT must be a port number'],
])('refuses %j by name', (change, message) => {
  expect(() => readGatewayEnvironment({ ...given, ...change })).toThrow(message);
});
