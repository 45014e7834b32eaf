import { encodeCursor } from '@starling/platform/pagination';
import type { SubgraphStream } from '@starling/platform/subgraph-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, events, type TestEvent, type Tweet } from './support/events.ts';
import { isStream, type Node, openTestNotifications, type TestNotifications } from './support/notifications.ts';

let here: TestNotifications;
beforeAll(async () => {
  here = await openTestNotifications();
});
afterAll(() => here.stop());

interface Update {
  readonly __typename: string;
  readonly cursor: string;
  readonly unreadCount?: number;
  readonly notification?: Node | null;
}

async function watch(viewer: string, after?: string, gapReason?: string): Promise<SubgraphStream> {
  const stream = await here.watch(viewer, after, gapReason);
  if (!isStream(stream)) throw new Error(JSON.stringify(stream));
  return stream;
}

async function next(stream: SubgraphStream): Promise<Update> {
  const { value } = await stream.next();
  expect(value?.errors).toBeUndefined();
  return value?.data?.notificationAdded as Update;
}

/** Somebody with a tweet, and some who may like it. */
async function scene(count = 3) {
  const [me, ...others] = here.newUsers(count + 1) as [string, ...string[]];
  const tweet = await here.post(me);
  await here.eventLog.processAll();
  return { me, others: others as [string, string, string, ...string[]], tweet };
}

/** What has come for the viewer until somebody nobody knows follows, which closes the list. */
async function untilStranger(stream: SubgraphStream, me: string): Promise<Update[]> {
  await here.eventLog.processAll();
  const [stranger] = here.newUsers(1) as [string];
  await here.post(stranger, { mentioning: [me] });
  await here.eventLog.processAll();
  const updates: Update[] = [];
  for (;;) {
    const update = await next(stream);
    if (update.notification?.sampleActors[0]?.id === stranger) return updates;
    updates.push(update);
  }
}

const mention = (by: string, me: string): TestEvent =>
  events.posted({ id: here.newId('tweet'), authorId: by }, { mentioning: [me] });
const actorsOf = (updates: readonly Update[]) =>
  updates.map(({ notification }) => notification?.sampleActors.map(({ id }) => id));

describe('notificationAdded', () => {
  it('tells of each notification once, when it begins, with the unread count of that moment', async () => {
    const { me, others, tweet } = await scene();
    const stream = await watch(me);
    const now = Math.floor(Date.now() / 300_000) * 300_000;
    await here.emit(at(now, events.liked(others[0], tweet)));
    expect(await next(stream)).toMatchObject({
      __typename: 'NotificationAdded',
      unreadCount: 1,
      notification: { kind: 'LIKE', actorCount: 1, sampleActors: [{ id: others[0] }], tweet: { id: tweet.id } },
    });
    await here.emit(at(now + 1, events.liked(others[1], tweet)), at(now + 2, events.liked(me, tweet)));
    await here.emit(mention(others[2], me));
    const second = await next(stream);
    expect(second).toMatchObject({ unreadCount: 2, notification: { kind: 'MENTION' } });
    expect(await untilStranger(stream, me)).toEqual([]);
    await stream.return();
  });

  it('tells of a thousand likes within a minute a handful of times', async () => {
    const { me, others, tweet } = await scene(1_000);
    const stream = await watch(me);
    const now = Math.floor(Date.now() / 300_000) * 300_000;
    for (let place = 0; place < 1_000; place += 100) {
      await here.emit(...others.slice(place, place + 100).map((by, index) => at(now + index, events.liked(by, tweet))));
      await here.eventLog.processAll();
    }
    const updates = await untilStranger(stream, me);
    expect(updates.map(({ notification }) => notification?.kind)).toEqual([
      'LIKE',
      'MILESTONE',
      'MILESTONE',
      'MILESTONE',
    ]);
    expect(updates.at(-1)).toMatchObject({ unreadCount: 5, notification: { milestone: 1_000 } });
    await stream.return();
  });

  it('tells of one that began hidden when somebody joins it whom the viewer may hear of', async () => {
    const { me, others, tweet } = await scene();
    await here.emit(events.muted(me, others[0]));
    const stream = await watch(me);
    const now = Math.floor(Date.now() / 300_000) * 300_000;
    await here.emit(at(now, events.liked(others[0], tweet)));
    await here.eventLog.processAll();
    await here.emit(at(now + 1, events.liked(others[1], tweet)));
    expect(actorsOf(await untilStranger(stream, me))).toEqual([[others[1]]]);
    await stream.return();
  });

  it('reaches a reader who waits, and each of several, and nobody else', async () => {
    const { me, others } = await scene();
    const [other, ...mine] = [await watch(others[1]), await watch(me), await watch(me)];
    const waiting = mine.map(next);
    await here.emit(mention(others[0], me));
    expect(await Promise.all(waiting)).toMatchObject([{ unreadCount: 1 }, { unreadCount: 1 }]);
    expect(await untilStranger(other as SubgraphStream, others[1])).toEqual([]);
    for (const stream of [...mine, other as SubgraphStream]) await stream.return();
  });

  it.each<[string, (me: string, by: string, tweet: Tweet) => readonly TestEvent[]]>([
    ['a block', (me, by) => [events.blocked(me, by)]],
    ['a block by the other', (me, by) => [events.blocked(by, me)]],
    ['a mute', (me, by) => [events.muted(me, by)]],
    ['the protection of the other', (_me, by) => [events.profileChanged(by, true)]],
    ['an unlike', (_me, by, tweet) => [events.unliked(by, tweet)]],
    ['the deletion of the tweet', (_me, _by, tweet) => [events.deleted(tweet)]],
  ])('obeys %s at once, also for what waits to be delivered', async (_, hide) => {
    const { me, others, tweet } = await scene();
    const stream = await watch(me);
    await here.emit(events.liked(others[0], tweet));
    await here.eventLog.processAll();
    await here.emit(...hide(me, others[0], tweet));
    expect(await untilStranger(stream, me)).toEqual([]);
    await stream.return();
  });

  it('obeys a block that the copies do not know of yet, whoever wakes it', async () => {
    const { me, others } = await scene();
    const stream = await watch(me);
    const first = next(stream);
    here.loseWakeUps(true);
    await here.emit(mention(others[0], me));
    await here.eventLog.processAll();
    const holder = await here.database.pool.connect();
    try {
      // Blocks can be read, and no block be written.
      await holder.query('BEGIN');
      await holder.query('LOCK TABLE notifications.blocks IN SHARE MODE');
      await here.emit(events.blocked(me, others[0]));
      const waits = new Promise<void>((resolve) => here.whileCatchingUp(resolve));
      const ticked = here.tick();
      await Promise.race([ticked, waits]);
      await holder.query('COMMIT');
      await ticked;
    } finally {
      here.whileCatchingUp(undefined);
      here.loseWakeUps(false);
      holder.release();
    }
    await here.emit(mention(others[1], me));
    expect(actorsOf([await first])).toEqual([[others[1]]]);
    await stream.return();
  });

  it('says nothing of kinds that the viewer does not want', async () => {
    const { me, others, tweet } = await scene();
    await here.prefer(me, 'LIKE', false);
    const stream = await watch(me);
    await here.emit(events.liked(others[0], tweet));
    expect(await untilStranger(stream, me)).toEqual([]);
    await stream.return();
  });

  it('drops what a slow reader left waiting, says so once, and goes on', async () => {
    const { me, others } = await scene();
    const stream = await watch(me);
    await here.emit(...Array.from({ length: 1_001 }, () => mention(others[0], me)));
    await here.eventLog.processAll();
    expect(await next(stream)).toMatchObject({ __typename: 'StreamGap', reason: 'SLOW_CLIENT' });
    expect(await untilStranger(stream, me)).toHaveLength(1);
    await stream.return();
  });

  it('asks for nothing when nobody reads', async () => {
    const { me, others } = await scene();
    const stream = await watch(me);
    const waiting = stream.next();
    await stream.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await here.emit(mention(others[0], me));
    await here.eventLog.processAll();
    const names = await here.statementsOf(async () => {
      await here.emit(mention(others[0], me));
      await here.eventLog.processAll();
    });
    expect(names).toContain('notifications.announce');
    expect(names.filter((name) => name.startsWith('notifications.getNewest'))).toEqual([]);
    const again = await watch(me);
    await here.emit(mention(others[1], me));
    expect(actorsOf(await untilStranger(again, me))).toEqual([[others[1]]]);
    await again.return();
  });

  it('loses nothing when a wake-up is lost: the clock looks', async () => {
    const { me, others } = await scene();
    await here.tick();
    const stream = await watch(me);
    here.loseWakeUps(true);
    try {
      await here.emit(mention(others[0], me), mention(others[1], me));
      await here.eventLog.processAll();
      await here.tick();
      const updates = [await next(stream), await next(stream)];
      expect(actorsOf(updates).flat().sort()).toEqual([others[0], others[1]].sort());
    } finally {
      here.loseWakeUps(false);
    }
    expect(await untilStranger(stream, me)).toEqual([]);
    await stream.return();
  });

  it('ends for everybody when the subgraph stops', async () => {
    const { me } = await scene();
    const waiting = (await watch(me)).next();
    await here.restart();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});

describe('after a cursor', () => {
  /** A viewer's stream that has delivered one update and was left. */
  async function leftAfterOne() {
    const { me, others, tweet } = await scene();
    const stream = await watch(me);
    await here.emit(mention(others[0], me));
    const { cursor } = await next(stream);
    await stream.return();
    return { me, others, tweet, cursor };
  }

  it('goes on with exactly what was missed, in order and once, and then with what is new, in another process too', async () => {
    const { me, others, tweet, cursor } = await leftAfterOne();
    await here.emit(mention(others[1], me));
    await here.emit(events.liked(others[2], tweet));
    await here.emit(events.followed(others[1], me));
    await here.emit(events.unfollowed(others[1], me));
    await here.restart();
    const stream = await watch(me, cursor);
    await here.emit(mention(others[0], me));
    const updates = await untilStranger(stream, me);
    // What happened in one millisecond stands in the order of its ids.
    expect(actorsOf(updates.slice(0, 2)).sort()).toEqual([[others[1]], [others[2]]].sort());
    expect(actorsOf(updates.slice(2))).toEqual([[others[0]]]);
    await stream.return();
    const again = await watch(me, updates[1]?.cursor);
    expect(actorsOf(await untilStranger(again, me)).slice(0, 1)).toEqual([[others[0]]]);
    await again.return();
  });

  it('neither loses nor repeats what happens while it begins', async () => {
    const { me, others, cursor } = await leftAfterOne();
    for (let round = 0; round < 5; round++) {
      const posts = Array.from({ length: 6 }, () => here.emit(mention(others[round % 3] as string, me)));
      const streams = await Promise.all([watch(me, cursor), watch(me, cursor), watch(me, cursor)]);
      await Promise.all(posts);
      await here.eventLog.processAll();
      const expected = (await here.list(me, { first: 100 })).nodes.map(({ id }) => id).slice(0, -1);
      for (const stream of streams) {
        const got: (string | undefined)[] = [];
        while (got.length < expected.length) got.push((await next(stream)).notification?.id);
        expect([...got].sort()).toEqual([...expected].sort());
        await stream.return();
      }
    }
  });

  it('begins with a gap when too much was missed, and goes on behind it', async () => {
    const { me, others, cursor } = await leftAfterOne();
    await here.emit(...Array.from({ length: 1_001 }, () => mention(others[0], me)));
    await here.eventLog.processAll();
    const stream = await watch(me, cursor);
    const gap = await next(stream);
    expect(gap).toMatchObject({ __typename: 'StreamGap', reason: 'CURSOR_EXPIRED' });
    expect(await untilStranger(stream, me)).toEqual([]);
    await stream.return();
    const again = await watch(me, gap.cursor);
    expect(await untilStranger(again, me)).toHaveLength(1);
    await again.return();
  });

  it('begins with a gap of the reason that the gateway gives, only where it cannot go on', async () => {
    const { me, others, cursor } = await leftAfterOne();
    await here.emit(mention(others[1], me));
    await here.eventLog.processAll();
    const [whole, lost] = [await watch(me, cursor, 'BROKER_RESTARTED'), await watch(me, undefined, 'BROKER_RESTARTED')];
    expect(actorsOf([await next(whole)])).toEqual([[others[1]]]);
    expect(await next(lost)).toMatchObject({ __typename: 'StreamGap', reason: 'BROKER_RESTARTED' });
    expect(await untilStranger(lost, me)).toEqual([]);
    await Promise.all([whole.return(), lost.return()]);
  });

  it('is refused signed out, and with a cursor of another stream, of another person, of the future, or none at all', async () => {
    const { me } = await scene();
    const codes = [];
    for (const [reader, after] of [
      [null, undefined],
      [me, 'nonsense'],
      [me, encodeCursor('notification-stream:1', '5')],
      [me, encodeCursor(`notification-stream:${me}`, '-5')],
      [me, encodeCursor(`notification-stream:${me}`, '1', '2')],
      [me, encodeCursor(`home-stream:${me}`, '1')],
      [me, encodeCursor(`notification-stream:${me}`, '9000000000000000000')],
    ] as const) {
      const answer = await here.watch(reader, after);
      if (isStream(answer)) throw new Error('It was let in.');
      codes.push(answer.errors?.[0]?.extensions);
    }
    const bad = { code: 'BAD_USER_INPUT', argument: 'after' };
    expect(codes).toMatchObject([{ code: 'UNAUTHENTICATED' }, bad, bad, bad, bad, bad, bad]);
  });
});
