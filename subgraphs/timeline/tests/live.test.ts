import { encodeCursor } from '@starling/platform/pagination';
import { statement } from '@starling/platform/postgres';
import type { SubgraphStream } from '@starling/platform/subgraph-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { events, type Tweet } from './support/events.ts';
import { isStream, openTestTimeline, type TestTimeline } from './support/timeline.ts';

let timeline: TestTimeline;
beforeAll(async () => {
  timeline = await openTestTimeline();
});
afterAll(() => timeline.stop());

const people = () => timeline.newUsers(3) as [string, string, string];

interface Update {
  readonly __typename: string;
  readonly cursor: string;
}

async function watch(viewer: string, after?: string, gapReason?: string): Promise<SubgraphStream> {
  const stream = await timeline.watch(viewer, after, gapReason);
  if (!isStream(stream)) throw new Error(JSON.stringify(stream));
  return stream;
}

async function next(stream: SubgraphStream): Promise<Update> {
  const { value } = await stream.next();
  expect(value?.errors).toBeUndefined();
  return value?.data?.homeTimelineUpdates as Update;
}

/** What has come for the viewer until a last tweet of their own, which closes the list. */
async function untilMine(stream: SubgraphStream, viewer: string): Promise<Omit<Update, 'cursor'>[]> {
  await timeline.eventLog.processAll();
  const last = await timeline.post(viewer);
  await timeline.eventLog.processAll();
  const updates = [];
  for (;;) {
    const { cursor, ...update } = await next(stream);
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    if (JSON.stringify(update) === JSON.stringify(added(last))) return updates;
    updates.push(update);
  }
}

const added = ({ id }: Tweet, retweeter?: string) => ({
  __typename: 'TweetAdded',
  tweet: { id },
  retweetedBy: retweeter === undefined ? null : { id: retweeter },
});
const removed = ({ id }: Tweet) => ({ __typename: 'TweetRemoved', tweetId: id });

describe('homeTimelineUpdates', () => {
  it('tells of tweets and retweets that come into the home, and of nothing else', async () => {
    const [viewer, friend, stranger] = people();
    await timeline.emit(events.followed(viewer, friend));
    await timeline.post(friend);
    await timeline.eventLog.processAll();
    const stream = await watch(viewer);
    const strange = await timeline.post(stranger);
    await timeline.post(friend, { replyTo: strange });
    const theirs = await timeline.post(friend);
    await timeline.retweet(friend, strange);
    expect(await untilMine(stream, viewer)).toEqual([added(theirs), added(strange, friend)]);
    await stream.return();
  });

  it('reaches a reader who waits, and each of several', async () => {
    const [viewer, friend] = people();
    await timeline.emit(events.followed(viewer, friend));
    const streams = [await watch(viewer), await watch(viewer)];
    const waiting = streams.map(next);
    const tweet = await timeline.post(friend);
    expect(await Promise.all(waiting)).toMatchObject([added(tweet), added(tweet)]);
    for (const stream of streams) await stream.return();
  });

  it('tells once that a deleted tweet is gone, with all its retweets', async () => {
    const [viewer, friend, other] = people();
    await timeline.emit(events.followed(viewer, friend), events.followed(viewer, other));
    const tweet = await timeline.post(friend);
    await timeline.retweet(other, tweet);
    await timeline.retweet(viewer, tweet);
    await timeline.eventLog.processAll();
    const stream = await watch(viewer);
    await timeline.emit(events.deleted(tweet));
    expect(await untilMine(stream, viewer)).toEqual([removed(tweet)]);
    await stream.return();
  });

  it('tells of an undone retweet when nothing else keeps the tweet in the home', async () => {
    const [viewer, friend, stranger] = people();
    await timeline.emit(events.followed(viewer, friend));
    const strange = await timeline.post(stranger);
    const first = await timeline.retweet(friend, strange);
    const second = await timeline.retweet(viewer, strange);
    await timeline.eventLog.processAll();
    const stream = await watch(viewer);
    await timeline.emit(events.retweetUndone(first));
    expect(await untilMine(stream, viewer)).toEqual([]);
    await timeline.emit(events.retweetUndone(second));
    expect(await untilMine(stream, viewer)).toEqual([removed(strange)]);
    await stream.return();
  });

  it('says nothing of what the viewer does not see', async () => {
    const [viewer, friend, stranger] = people();
    await timeline.emit(events.followed(viewer, friend), events.muted(viewer, friend));
    const hidden = await timeline.post(friend);
    const stream = await watch(viewer);
    await timeline.post(friend);
    await timeline.emit(events.deleted(hidden), events.deleted(await timeline.post(stranger)));
    expect(await untilMine(stream, viewer)).toEqual([]);
    await stream.return();
  });

  it.each([
    ['a block', (viewer: string, friend: string) => [events.blocked(viewer, friend)]],
    ['a block by the other', (viewer: string, friend: string) => [events.blocked(friend, viewer)]],
    [
      'a protected account that lets go of the viewer',
      (viewer: string, friend: string) => [events.profileChanged(friend), events.unfollowed(viewer, friend)],
    ],
    ['a mute', (viewer: string, friend: string) => [events.muted(viewer, friend)]],
    ['an unfollow', (viewer: string, friend: string) => [events.unfollowed(viewer, friend)]],
  ])('obeys %s at once, also for what waits to be delivered', async (_, hide) => {
    const [viewer, friend] = people();
    await timeline.emit(events.followed(viewer, friend));
    const stream = await watch(viewer);
    await timeline.post(friend);
    await timeline.eventLog.processAll();
    await timeline.emit(...hide(viewer, friend));
    await timeline.post(friend);
    expect(await untilMine(stream, viewer)).toEqual([]);
    await stream.return();
  });

  it('obeys the protection of an author whom the viewer does not follow, also for what waits to be delivered', async () => {
    const [viewer, friend, stranger] = people();
    await timeline.emit(events.followed(viewer, friend));
    const stream = await watch(viewer);
    const strange = await timeline.post(stranger);
    await timeline.retweet(friend, strange);
    await timeline.eventLog.processAll();
    await timeline.emit(events.profileChanged(stranger));
    const plain = await timeline.post(friend);
    expect(await untilMine(stream, viewer)).toEqual([added(plain)]);
    await stream.return();
  });

  it('does not deliver a waiting tweet that was deleted meanwhile, only that it is gone', async () => {
    const [viewer, friend] = people();
    await timeline.emit(events.followed(viewer, friend));
    const stream = await watch(viewer);
    const tweet = await timeline.post(friend);
    await timeline.eventLog.processAll();
    await timeline.emit(events.deleted(tweet));
    expect(await untilMine(stream, viewer)).toEqual([removed(tweet)]);
    await stream.return();
  });

  it('drops what a slow reader left waiting, says so once, and goes on', async () => {
    const [viewer] = people();
    const stream = await watch(viewer);
    const tweets = Array.from({ length: 1_001 }, () => ({ id: timeline.newId('tweet'), authorId: viewer }));
    await timeline.emit(...tweets.map((tweet) => events.posted(tweet)));
    await timeline.eventLog.processAll();
    expect(await next(stream)).toMatchObject({ __typename: 'StreamGap', reason: 'SLOW_CLIENT' });
    expect(await untilMine(stream, viewer)).toHaveLength(1);
    await stream.return();
  });

  describe('after a cursor', () => {
    /** A viewer's stream that has delivered one update and was left. */
    async function leftAfterOne() {
      const [viewer, friend, stranger] = people();
      await timeline.emit(events.followed(viewer, friend));
      await timeline.eventLog.processAll();
      const stream = await watch(viewer);
      const first = await timeline.post(friend);
      const update = await next(stream);
      expect(update).toMatchObject(added(first));
      await stream.return();
      return { viewer, friend, stranger, cursor: update.cursor, first };
    }

    const moveChangesOn = (by: number) =>
      timeline.database.query(
        statement(
          'tests.moveChangesOn',
          `select setval('timeline.entry_changes', nextval('timeline.entry_changes') + $1)`,
        ),
        [by],
      );

    it('goes on with exactly what was missed, in order and once, and then with what is new', async () => {
      const { viewer, friend, stranger, cursor, first } = await leftAfterOne();
      const missed = await timeline.post(friend);
      const strange = await timeline.post(stranger);
      await timeline.retweet(friend, strange);
      await timeline.emit(events.deleted(first));
      await timeline.eventLog.processAll();
      const stream = await watch(viewer, cursor);
      const fresh = await timeline.post(friend);
      expect(await untilMine(stream, viewer)).toEqual([
        added(missed),
        added(strange, friend),
        removed(first),
        added(fresh),
      ]);
      await stream.return();
    });

    it('goes on from any update of it, also in another process', async () => {
      const { viewer, friend, cursor } = await leftAfterOne();
      const missed: Tweet[] = [];
      for (let count = 0; count < 5; count++) missed.push(await timeline.post(friend));
      await timeline.eventLog.processAll();
      await timeline.restart();
      let from = cursor;
      for (const [index] of missed.entries()) {
        const stream = await watch(viewer, from);
        const updates: Update[] = [];
        for (const tweet of missed.slice(index)) {
          const update = await next(stream);
          expect(update).toMatchObject(added(tweet));
          updates.push(update);
        }
        await stream.return();
        from = updates[0]?.cursor ?? '';
      }
    });

    it('leaves out what is hidden by now, and tells once of a deletion that took several entries', async () => {
      const { viewer, friend, stranger, cursor, first } = await leftAfterOne();
      const strange = await timeline.post(stranger);
      await timeline.retweet(friend, strange);
      await timeline.retweet(viewer, first);
      await timeline.emit(events.blocked(stranger, viewer), events.deleted(first));
      await timeline.eventLog.processAll();
      const stream = await watch(viewer, cursor);
      const gone = await next(stream);
      expect(gone).toMatchObject(removed(first));
      expect(await untilMine(stream, viewer)).toEqual([]);
      await stream.return();
      const again = await watch(viewer, gone.cursor);
      expect(await untilMine(again, viewer)).toHaveLength(1);
      await again.return();
    });

    it('looks anew at what was missed as it is delivered', async () => {
      const { viewer, friend, cursor } = await leftAfterOne();
      await timeline.post(friend);
      await timeline.eventLog.processAll();
      const stream = await watch(viewer, cursor);
      await timeline.emit(events.muted(viewer, friend));
      expect(await untilMine(stream, viewer)).toEqual([]);
      await stream.return();
    });

    it('neither loses nor repeats what happens while it begins', async () => {
      const { viewer, friend, cursor } = await leftAfterOne();
      for (let round = 0; round < 10; round++) {
        const posts = Array.from({ length: 6 }, () => timeline.post(friend));
        const streams = await Promise.all([watch(viewer, cursor), watch(viewer, cursor), watch(viewer, cursor)]);
        await Promise.all(posts);
        await timeline.eventLog.processAll();
        const homes = await timeline.home(viewer, { first: 100 });
        const expected = homes.nodes.map(({ id }) => id).sort();
        for (const stream of streams) {
          const got: string[] = [];
          while (got.length < expected.length - 1) {
            const update = (await next(stream)) as Update & { tweet: { id: string } };
            got.push(update.tweet.id);
          }
          expect([...got].sort()).toEqual(expected.slice(1));
          await stream.return();
        }
      }
    });

    it('begins with a gap when too much was missed, and goes on behind it', async () => {
      const { viewer, friend, cursor } = await leftAfterOne();
      const tweets = Array.from({ length: 1_001 }, () => ({ id: timeline.newId('tweet'), authorId: friend }));
      await timeline.emit(...tweets.map((tweet) => events.posted(tweet)));
      await timeline.eventLog.processAll();
      const stream = await watch(viewer, cursor);
      const gap = await next(stream);
      expect(gap).toMatchObject({ __typename: 'StreamGap', reason: 'CURSOR_EXPIRED' });
      expect(await untilMine(stream, viewer)).toEqual([]);
      await stream.return();
      const again = await watch(viewer, gap.cursor);
      expect(await untilMine(again, viewer)).toHaveLength(1);
      await again.return();
    });

    it('begins with a gap when it lies too far back, whoever did what since', async () => {
      const { viewer, friend, cursor } = await leftAfterOne();
      await moveChangesOn(50_000);
      await timeline.post(friend);
      await timeline.eventLog.processAll();
      const stream = await watch(viewer, cursor);
      expect(await next(stream)).toMatchObject({ __typename: 'StreamGap', reason: 'CURSOR_EXPIRED' });
      await stream.return();
    });

    it('begins with a gap of the reason that the gateway gives, only where it cannot go on', async () => {
      const { viewer, friend, cursor } = await leftAfterOne();
      const missed = await timeline.post(friend);
      await timeline.eventLog.processAll();
      const [whole, lost] = [
        await watch(viewer, cursor, 'BROKER_RESTARTED'),
        await watch(viewer, undefined, 'BROKER_RESTARTED'),
      ];
      expect(await next(whole)).toMatchObject(added(missed));
      expect(await next(lost)).toMatchObject({ __typename: 'StreamGap', reason: 'BROKER_RESTARTED' });
      expect(await untilMine(lost, viewer)).toEqual([]);
      await Promise.all([whole.return(), lost.return()]);
    });
  });

  it('ends for a reader who leaves, and costs nothing then', async () => {
    const [viewer] = people();
    const stream = await watch(viewer);
    const waiting = stream.next();
    await stream.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await timeline.eventLog.processAll();
    const names = await timeline.statementsOf(async () => {
      await timeline.post(viewer);
      await timeline.eventLog.processAll();
    });
    expect(names).not.toContain('timeline.listHomeChanges');
  });

  it('ends for everybody when the subgraph stops', async () => {
    const [viewer] = people();
    const waiting = (await watch(viewer)).next();
    await timeline.restart();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('is refused signed out, and with a cursor of another stream, of another person, of the future, or none at all', async () => {
    const [viewer] = people();
    const codes = [];
    for (const [reader, after] of [
      [null, undefined],
      [viewer, 'nonsense'],
      [viewer, encodeCursor('home-stream:1', '5')],
      [viewer, encodeCursor(`home-stream:${viewer}`, '-5')],
      [viewer, encodeCursor(`home-stream:${viewer}`, '1', '2')],
      [viewer, encodeCursor(`home:${viewer}`, '1')],
      [viewer, encodeCursor(`home-stream:${viewer}`, '9000000000000000000')],
    ] as const) {
      const answer = await timeline.watch(reader, after);
      if (isStream(answer)) throw new Error('It was let in.');
      codes.push(answer.errors?.[0]?.extensions);
    }
    const bad = { code: 'BAD_USER_INPUT', argument: 'after' };
    expect(codes).toMatchObject([{ code: 'UNAUTHENTICATED' }, bad, bad, bad, bad, bad, bad]);
  });
});
