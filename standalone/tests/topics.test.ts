import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TOPICS } from '../../platform/src/event-log/kafka/topics.ts';
import * as notifications from '../../subgraphs/notifications/src/events.ts';
import * as socialGraph from '../../subgraphs/social-graph/src/events.ts';
import * as timeline from '../../subgraphs/timeline/src/events.ts';
import * as tweets from '../../subgraphs/tweets/src/events.ts';
import * as users from '../../subgraphs/users/src/events.ts';

const TOPIC = /^(users|tweets|social-graph|timeline|notifications)\.[a-z-]+$/;

/** The topics in what a room's events export: of event types, by name, or in lists. */
function topicsIn(value: unknown): string[] {
  if (typeof value === 'string') return TOPIC.test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(topicsIn);
  return typeof value === 'object' && value !== null && 'topic' in value ? topicsIn(value.topic) : [];
}

const used = new Set(
  [users, tweets, socialGraph, timeline, notifications].flatMap((room) => topicsIn(Object.values(room))),
);

test('every topic of the product has its partitions and its retention in one table, and the table has no others', () => {
  expect(Object.keys(TOPICS).toSorted()).toEqual([...used].toSorted());
});

test('every topic that carries events is described', () => {
  const page = readFileSync(new URL('../../docs/architecture.md', import.meta.url), 'utf8');
  const described = [...page.matchAll(/^\| `([a-z.-]+)` \|[^|]+\| `[a-z.-]+\.v1`/gm)].map(([, topic]) => topic);
  // What is never sent, but set aside, is told of where operators look.
  expect([...described, notifications.PUSH_TOPIC].toSorted()).toEqual([...used].toSorted());
});
