import { endedEarly } from '@starling/platform/subgraph-server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { events } from './support/events.ts';
import { openTestNotifications, type TestNotifications } from './support/notifications.ts';

let here: TestNotifications;
beforeAll(async () => {
  here = await openTestNotifications();
});
afterAll(() => here.stop());

it.each([
  ['a page', '{ notifications { unreadCount nodes { id } } }'],
  [
    'notifications by id',
    '{ _entities(representations: [{ __typename: "Notification", nodeId: "1" }]) { __typename } }',
  ],
])('who leaves while the copies catch up has %s read by nobody', async (_what, query) => {
  const [me, by] = here.newUsers(2) as [string, string];
  await here.emit(events.followed(by, me));
  const leaving = new AbortController();
  const readBy = async (signal?: AbortSignal) => {
    let answer: unknown;
    const statements = await here.statementsOf(async () => {
      answer = await here.run(me, query, {}, signal);
    });
    return { answer, reads: statements.filter((name) => /^notifications[.](list|get)Notifications/.test(name)) };
  };
  here.whileCatchingUp(() => leaving.abort());
  try {
    expect(await readBy(leaving.signal)).toEqual({ answer: endedEarly, reads: [] });
  } finally {
    here.whileCatchingUp(undefined);
  }
  expect((await readBy()).reads).toHaveLength(1);
});
