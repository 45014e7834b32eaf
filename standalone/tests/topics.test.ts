import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TOPICS } from '../../platform/src/event-log/kafka/topics.ts';

const TOPIC = /^(users|tweets|social-graph|timeline|notifications)\.[a-z-]+$/;

/** The topics in what a room's events export: of event types, by name, or in lists. */
function topicsIn(value: unknown): string[] {
  if (typeof value === 'string') return TOPIC.test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(topicsIn);
  return typeof value === 'object' && value !== null && 'topic' in value ? topicsIn(value.topic) : [];
}

/** Events are declared in files of this name. */
const subgraphs = join(import.meta.dirname, '../../subgraphs');
const files = readdirSync(subgraphs, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /^[^/]+\/src\/(.*\/)?([a-z-]+-)?events\.ts$/.test(file),
);
const rooms = await Promise.all(files.map((file) => import(join(subgraphs, file)) as Promise<object>));
const used = new Set(rooms.flatMap((room) => topicsIn(Object.values(room))));

test('every topic of the product has its partitions and its retention in one table, and the table has no others', () => {
  expect(Object.keys(TOPICS).toSorted()).toEqual([...used].toSorted());
});

test('every topic that carries events is described', () => {
  const page = readFileSync(new URL('../../docs/architecture.md', import.meta.url), 'utf8');
  const described = [...page.matchAll(/^\| `([a-z.-]+)` \|[^|]+\| `[a-z.-]+\.v1`/gm)].map(([, topic]) => topic);
  expect(described.toSorted()).toEqual([...used].toSorted());
});
