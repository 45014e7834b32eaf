import { randomUUID } from 'node:crypto';
import { createNotifications } from '@starling/notifications';
import { listDeadLetters, replayDeadLetters } from '@starling/platform/event-log';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { manualClock } from '../../../tests/support/manual-clock.ts';
import { at, events } from './support/events.ts';
import { openTestNotifications, type TestNotifications } from './support/notifications.ts';

const HOUR_MS = 3_600_000;
const PERIOD_MS = 24 * HOUR_MS;
const KINDS = ['LIKE', 'RETWEET', 'QUOTE', 'REPLY', 'MENTION', 'FOLLOW', 'FOLLOW_REQUEST', 'MILESTONE', 'MODERATION'];

let here: TestNotifications;
let ahead = 0;
const now = () => new Date(Date.now() + ahead);
const { clock } = manualClock();
beforeAll(async () => {
  here = await openTestNotifications({ digests: { periodMs: PERIOD_MS, now, clock } });
});
beforeEach(() => {
  ahead = 0;
});
afterAll(() => here.stop());

interface Due {
  readonly digestId: string;
  readonly userId: string;
  readonly attempt: number;
  readonly more: number;
  readonly lines: readonly {
    readonly kind: string;
    readonly actorIds: readonly string[];
    readonly actorCount: number;
  }[];
}

/** Somebody who wants all kinds by email, and others. */
async function reader(others = 3) {
  const [me, ...rest] = here.newUsers(others + 1) as [string, string, ...string[]];
  for (const kind of KINDS) await here.prefer(me, kind, true, 'EMAIL');
  return { me, others: rest as [string, ...string[]] };
}

/** What was asked for of this person so far. */
async function askedOf(userId: string): Promise<Due[]> {
  const { rows } = await here.database.pool.query<{ payload: Due }>(
    `SELECT payload FROM platform.outbox
     WHERE topic = 'notifications.digest' AND name = 'digest.due.v1' AND key = $1 ORDER BY position`,
    [userId],
  );
  return rows.map(({ payload }) => payload);
}

/** The digests of this person that are asked for once so much time has passed. */
async function after(ms: number, userId: string): Promise<Due[]> {
  const before = (await askedOf(userId)).length;
  ahead += ms;
  await here.makeDueDigests();
  return (await askedOf(userId)).slice(before);
}

/** What whoever sends mails would tell. */
async function answer(
  { userId, digestId, attempt }: Due,
  until?: 'LATER' | 'NEVER' | 'NOBODY' | 'UNCONFIRMED',
): Promise<void> {
  const name = until ? 'digest.failed.v1' : 'digest.sent.v1';
  const payload = until ? { userId, digestId, attempt, until, why: 'The mail server is full.' } : { userId, digestId };
  await here.emit({ id: randomUUID(), topic: 'users.digest', name, key: userId, payload });
  await here.eventLog.processAll();
}

async function first(due: readonly Due[]): Promise<Due> {
  expect(due).toHaveLength(1);
  return due[0] as Due;
}

/** Those about this person's digests: others who are asked for and never answered end as such, too. */
const lettersOf = async (userId: string) =>
  (await listDeadLetters(here.database, { topic: 'notifications.digest' })).filter(({ key }) => key === userId);

describe('a digest', () => {
  it('is for who has asked for it, and for the kinds asked for', async () => {
    const [quiet, some, by] = here.newUsers(3) as [string, string, string];
    const { data } = await here.run(quiet, '{ notificationPreferences { kind channel isEnabled } }');
    const preferences = data?.notificationPreferences as { kind: string; channel: string; isEnabled: boolean }[];
    expect(preferences.filter(({ channel }) => channel === 'EMAIL')).toEqual(
      KINDS.map((kind) => ({ kind, channel: 'EMAIL', isEnabled: false })),
    );
    await here.prefer(some, 'FOLLOW', true, 'EMAIL');
    const tweet = await here.post(some);
    await here.emit(events.followed(by, quiet), events.followed(by, some), events.liked(by, tweet));
    expect(await after(PERIOD_MS + 1, quiet)).toEqual([]);
    expect(await askedOf(some)).toMatchObject([{ attempt: 1, more: 0, lines: [{ kind: 'FOLLOW', actorIds: [by] }] }]);
  });

  it('has one line for a thousand likes within a minute, and one for each milestone', async () => {
    const { me, others } = await reader(1_000);
    const window = Math.floor(now().getTime() / 300_000) * 300_000 - 600_000;
    const tweet = await here.post(me, { atMs: window });
    await here.emit(...others.map((by, place) => at(window + 60 * place, events.liked(by, tweet))));
    const { lines, more } = await first(await after(PERIOD_MS, me));
    expect(more).toBe(0);
    expect(lines.map(({ kind, actorCount }) => `${kind} ${actorCount}`).sort()).toEqual([
      'LIKE 1000',
      'MILESTONE 10',
      'MILESTONE 100',
      'MILESTONE 1000',
    ]);
    expect(lines.find(({ kind }) => kind === 'LIKE')?.actorIds).toEqual(others.slice(-3).reverse());
  });

  it('comes once a period at most, tells what has come since the last one, and what is unread', async () => {
    const { me, others } = await reader();
    const [ada, bo, cy] = others as [string, string, string];
    await here.emit(events.followed(ada, me));
    expect(await after(PERIOD_MS - 60_000, me)).toEqual([]);
    await answer(await first(await after(60_001, me)));
    await here.emit(at(now().getTime(), events.followRequested(bo, me)));
    expect(await after(PERIOD_MS - 60_000, me)).toEqual([]);
    const second = await first(await after(60_001, me));
    expect(second.lines).toMatchObject([{ kind: 'FOLLOW_REQUEST', actorIds: [bo] }]);
    await answer(second);

    const tweet = await here.post(me);
    await here.emit(at(now().getTime(), events.liked(ada, tweet)));
    const [newest] = (await here.list(me)).nodes;
    await here.markRead(me, newest?.id ?? '');
    await here.emit(events.retweeted(here.newId('retweet', now().getTime() + 10), cy, tweet));
    const third = await first(await after(PERIOD_MS, me));
    expect(third.lines).toMatchObject([{ kind: 'RETWEET', actorIds: [cy] }]);
    await answer(third);
    expect(await after(PERIOD_MS, me)).toEqual([]);
    expect(await after(2 * PERIOD_MS, me)).toEqual([]);
  });

  it('has twenty lines and counts the rest', async () => {
    const { me, others } = await reader(1);
    for (let count = 0; count < 25; count++) await here.post(others[0], { mentioning: [me] });
    const { lines, more } = await first(await after(PERIOD_MS, me));
    expect([lines.length, more]).toEqual([20, 5]);
  });

  it('leaves out what began long ago, as an import makes it', async () => {
    const { me, others } = await reader();
    await here.emit(at(now().getTime() - 3 * PERIOD_MS, events.followed(others[0], me)));
    expect(await after(PERIOD_MS, me)).toEqual([]);
  });

  it('says nothing of whom its reader has blocked or muted since, nor of what was deleted or is not wanted any more', async () => {
    const { me, others } = await reader(4);
    const [ada, bo, cy, di] = others as [string, string, string, string];
    const answerOfCy = { id: here.newId('tweet'), authorId: cy };
    const tweet = await here.post(me);
    await here.emit(
      events.followed(ada, me),
      events.followRequested(bo, me),
      events.posted(answerOfCy, { replyTo: tweet }),
    );
    await here.emit(events.liked(di, tweet), events.liked(ada, tweet), events.discarded(here.newId('tweet'), me));
    // What was committed a moment ago counts: nobody waits for it here.
    await here.emit(events.blocked(ada, me), events.muted(me, bo), events.deleted(answerOfCy));
    await here.prefer(me, 'MODERATION', false, 'EMAIL');
    const { lines, more } = await first(await after(PERIOD_MS, me));
    expect({ lines, more }).toMatchObject({ lines: [{ kind: 'LIKE', actorIds: [di], actorCount: 1 }], more: 0 });
    expect(JSON.stringify(lines)).not.toContain(ada);
  });

  it('is asked for by one of several processes', async () => {
    const readers = await Promise.all(Array.from({ length: 5 }, () => reader(1)));
    for (const { me, others } of readers) await here.emit(events.followed(others[0], me));
    const other = createNotifications(here, { digests: { periodMs: PERIOD_MS, now, clock }, clock });
    await other.start();
    try {
      ahead += PERIOD_MS;
      await Promise.all([here.makeDueDigests(), other.makeDueDigests(), here.makeDueDigests()]);
      for (const { me } of readers) expect(await askedOf(me)).toHaveLength(1);
    } finally {
      await other.stop();
    }
  });
});

describe('a digest that did not arrive', () => {
  const WAITS_MIN = [10, 40, 160, 640];

  it('is tried again after ever longer waits under the same id, with what may be told by then, and is given up', async () => {
    const { me, others } = await reader(4);
    const [ada, bo, cy] = others as [string, string, string];
    await here.emit(events.followed(ada, me), events.followRequested(bo, me));
    let due = await first(await after(PERIOD_MS, me));
    const { digestId } = due;
    for (const [place, minutes] of WAITS_MIN.entries()) {
      await answer(due, 'LATER');
      // Told once more: it changes nothing.
      await here.redeliver();
      if (place === 0) {
        await here.emit(events.blocked(me, ada));
        await here.post(cy, { mentioning: [me] });
      }
      expect(await after((minutes - 1) * 60_000, me)).toEqual([]);
      due = await first(await after(60_001, me));
      // What has come meanwhile is for the next one: what arrives twice says nothing new.
      expect(due).toMatchObject({ digestId, attempt: place + 2, lines: [{ kind: 'FOLLOW_REQUEST' }] });
      expect(due.lines).toHaveLength(1);
    }
    expect(await lettersOf(me)).toEqual([]);
    await answer(due, 'LATER');
    const [letter] = await lettersOf(me);
    expect(letter).toMatchObject({
      group: 'notifications.digests',
      name: 'digest.given-up.v1',
      payload: { userId: me, digestId },
      attempts: 5,
    });
    expect(letter?.error).toContain('The mail server is full.');

    expect(await replayDeadLetters(here.database, { topic: 'notifications.digest' })).toEqual({
      letters: 1,
      events: 1,
    });
    await here.eventLog.processAll();
    const again = await first(await after(0, me));
    expect(again).toMatchObject({ digestId, attempt: 1 });
    expect(again.lines.map(({ kind }) => kind).sort()).toEqual(['FOLLOW_REQUEST', 'MENTION']);
    await answer(again);
    expect(await after(PERIOD_MS, me)).toEqual([]);
    expect(await lettersOf(me)).toEqual([]);
  });

  it('is given up at once when trying again is of no use, and the next one tells it all', async () => {
    const { me, others } = await reader();
    await here.emit(events.followed(others[0], me));
    const due = await first(await after(PERIOD_MS, me));
    await answer(due, 'NEVER');
    expect(await lettersOf(me)).toMatchObject([{ attempts: 1, payload: { userId: me } }]);
    expect(await after(PERIOD_MS - 60_000, me)).toEqual([]);
    const next = await first(await after(60_001, me));
    expect(next.lines).toEqual(due.lines);
    expect(next.digestId).not.toBe(due.digestId);
    await answer(next);
  });

  it('is asked for again when nobody answers, which an answer to an earlier attempt does not', async () => {
    const { me, others } = await reader();
    await here.emit(events.followed(others[0], me));
    const due = await first(await after(PERIOD_MS, me));
    expect(await after(9 * 60_000, me)).toEqual([]);
    const again = await first(await after(61_000, me));
    expect(again).toEqual({ ...due, attempt: 2 });
    await answer(due, 'NEVER');
    expect(await lettersOf(me)).toEqual([]);
    for (let attempt = 3; attempt <= 5; attempt++) {
      expect(await after(10 * 60_000 + 1, me)).toMatchObject([{ attempt }]);
    }
    expect(await after(10 * 60_000 + 1, me)).toEqual([]);
    const [letter] = await lettersOf(me);
    expect(letter?.error).toContain('Nobody answered.');
  });

  it('because the account is gone is not tried again', async () => {
    const { me, others } = await reader();
    await here.emit(events.followed(others[0], me));
    await answer(await first(await after(PERIOD_MS, me)), 'NOBODY');
    await here.emit(events.followed(others[1] as string, me));
    expect(await after(PERIOD_MS, me)).toEqual([]);
    expect(await lettersOf(me)).toEqual([]);
    const { rows } = await here.database.pool.query('SELECT FROM notifications.digests WHERE user_id = $1', [me]);
    expect(rows).toEqual([]);
  });
});

describe('a link in a digest', () => {
  const stopped = (userId: string) => ({
    id: randomUUID(),
    topic: 'users.account',
    name: 'account.digests-stopped.v1',
    key: userId,
    payload: { userId },
  });
  const wanted = async (userId: string) => {
    const { data } = await here.run(userId, '{ notificationPreferences { kind channel isEnabled } }');
    const preferences = data?.notificationPreferences as { kind: string; channel: string; isEnabled: boolean }[];
    return preferences.filter(({ channel, isEnabled }) => channel === 'EMAIL' && isEnabled).map(({ kind }) => kind);
  };

  it('ends all kinds by email, seen at the next read, and nothing else', async () => {
    const { me, others } = await reader();
    expect(await wanted(me)).toEqual(KINDS);
    await here.emit(stopped(me), events.followed(others[0], me));
    expect(await wanted(me)).toEqual([]);
    expect((await here.list(me)).nodes).toHaveLength(1);
    expect(await after(PERIOD_MS, me)).toEqual([]);
  });

  it('does not undo what was chosen after it', async () => {
    const { me, others } = await reader();
    await here.database.pool.query(
      `UPDATE notifications.preferences SET changed_at = changed_at - interval '2 minutes' WHERE user_id = $1`,
      [me],
    );
    await here.emit(at(Date.now() - 60_000, stopped(me)));
    await here.prefer(me, 'FOLLOW', true, 'EMAIL');
    await here.redeliver();
    await here.rebuild();
    expect(await wanted(me)).toEqual(['FOLLOW']);
    await here.emit(events.followed(others[0], me));
    expect(await first(await after(PERIOD_MS, me))).toMatchObject({ lines: [{ kind: 'FOLLOW' }] });
  });
});
