import { expect, test } from 'vitest';
import { WINDOW_MS } from './acts.ts';
import type { Person, SeenNotification } from './client.ts';
import { compareNotifications } from './compare-notifications.ts';
import { Model } from './model.ts';

const BOUNDARY = 1_000 * WINDOW_MS;
const PAGE = 10;

/** Somebody whose list the test makes up, all on one page. */
function reader(
  nodes: readonly SeenNotification[],
  unreadCount = nodes.filter(({ isRead }) => !isRead).length,
): Person {
  const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
  const data = { notifications: { unreadCount, pageInfo, edges: nodes.map((node) => ({ node })) } };
  return { id: '1', username: 'one', ask: async <Data>() => data as Data };
}

const follows = (id: string, actors: readonly string[], began: number, updated = began): SeenNotification => ({
  ...{ id, kind: 'FOLLOW', tweet: null, isRead: false, actorCount: actors.length },
  sampleActors: actors.map((actor) => ({ id: actor })),
  createdAt: new Date(began).toISOString(),
  updatedAt: new Date(updated).toISOString(),
});

/** 2 follows 1 well before a window ends, 3 while it does. */
function followed() {
  const model = new Model(['1', '2', '3']);
  model.follow('2', '1');
  model.done({ from: BOUNDARY - 2_000, to: BOUNDARY - 1_990 });
  model.follow('3', '1');
  model.done({ from: BOUNDARY - 5, to: BOUNDARY + 5 });
  return model;
}

const isRight = (model: Model, nodes: readonly SeenNotification[], unreadCount?: number) =>
  compareNotifications(model, reader(nodes, unreadCount), PAGE).then(
    () => true,
    () => false,
  );

test('what was under way as a window ended is in either of the two, and nowhere else', async () => {
  const model = followed();
  const first = follows('10', ['2'], BOUNDARY - 1_995);
  expect(await isRight(model, [follows('11', ['3'], BOUNDARY + 1), first])).toBe(true);
  expect(await isRight(model, [follows('10', ['3', '2'], BOUNDARY - 1_995, BOUNDARY - 1)])).toBe(true);
  expect(await isRight(model, [follows('11', ['3'], BOUNDARY + WINDOW_MS), first])).toBe(false);
  expect(await isRight(model, [follows('11', ['3', '2'], BOUNDARY + 1)])).toBe(false);
  expect(await isRight(model, [first])).toBe(false);
});

test('an entry begins with what was first done in it, taken back or not', async () => {
  const model = new Model(['1', '2', '3']);
  model.follow('2', '1');
  model.done({ from: 1_000, to: 1_010 });
  model.follow('3', '1');
  model.done({ from: 2_000, to: 2_010 });
  model.unfollow('2', '1');
  model.done({ from: 3_000, to: 3_010 });
  expect(await isRight(model, [follows('10', ['3'], 1_005, 2_005)])).toBe(true);
  expect(await isRight(model, [follows('10', ['3'], 2_005)])).toBe(false);
});

test('what is read is held against marks, and the count against the list', async () => {
  const model = new Model(['1', '2', '3']);
  model.follow('2', '1');
  model.done({ from: 1_000, to: 1_010 });
  const entry = follows('10', ['2'], 1_005);
  expect(await isRight(model, [entry])).toBe(true);
  expect(await isRight(model, [entry], 0)).toBe(false);
  expect(await isRight(model, [{ ...entry, isRead: true }])).toBe(false);
  model.markRead('1', '10');
  expect(await isRight(model, [entry])).toBe(false);
  expect(await isRight(model, [{ ...entry, isRead: true }])).toBe(true);
  // What joins an entry that was announced before the mark does not make it unread.
  model.follow('3', '1');
  model.done({ from: 2_000, to: 2_010 });
  const joined = follows('10', ['3', '2'], 1_005, 2_005);
  expect(await isRight(model, [joined])).toBe(false);
  expect(await isRight(model, [{ ...joined, isRead: true }])).toBe(true);
});
