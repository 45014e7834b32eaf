import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readGatewayEnvironment } from '../gateway/src/environment.ts';
import { readStandaloneEnvironment } from '../standalone/src/environment.ts';
import { readWorkerEnvironment } from '../standalone/src/worker-environment.ts';
import { readNotificationsEnvironment } from '../subgraphs/notifications/src/environment.ts';
import { readSocialGraphEnvironment } from '../subgraphs/social-graph/src/environment.ts';
import { readTimelineEnvironment } from '../subgraphs/timeline/src/environment.ts';
import { readTweetsEnvironment } from '../subgraphs/tweets/src/environment.ts';
import { readUsersEnvironment } from '../subgraphs/users/src/environment.ts';

const ELSEWHERE = 'http://127.0.0.1:4001';
/** What some of them need. */
const NEEDED: Readonly<Record<string, string>> = {
  DATABASE_URL: 'postgres://localhost/starling',
  IDENTITY_SECRET: 'x'.repeat(32),
  USERS_URL: ELSEWHERE,
  TWEETS_URL: ELSEWHERE,
  SOCIAL_GRAPH_URL: ELSEWHERE,
  TIMELINE_URL: ELSEWHERE,
  NOTIFICATIONS_URL: ELSEWHERE,
};

const READERS = [
  readStandaloneEnvironment,
  readWorkerEnvironment,
  readGatewayEnvironment,
  readUsersEnvironment,
  readTweetsEnvironment,
  readSocialGraphEnvironment,
  readTimelineEnvironment,
  readNotificationsEnvironment,
];

/** The names in the first column of the table of settings. */
function documented(): Set<string> {
  const text = readFileSync(join(import.meta.dirname, '../docs/operations.md'), 'utf8');
  const [, section = ''] = /\n## Environment\n(.*?)\n## /s.exec(text) ?? [];
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return new Set(
    rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name)),
  );
}

test('every variable that any process reads is in the table of settings, and no other', () => {
  const read = new Set<string>();
  const variables = new Proxy(NEEDED, {
    get(given, name: string) {
      read.add(name);
      return given[name];
    },
  });
  for (const readEnvironment of READERS) readEnvironment(variables);
  expect([...documented()].sort()).toEqual([...read].sort());
});
