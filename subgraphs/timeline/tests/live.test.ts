import { encodeCursor } from '@starling/platform/pagination';
import type { SubgraphStream } from '@starling/platform/subgraph-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { events, isStream, openTestTimeline, type TestTimeline, type Tweet } from './support/timeline.ts';

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

async function watch(viewer: string, after?: string): Promise<SubgraphStream> {
  const stream = await timeline.watch(viewer, after);
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

  it('says of a stream that goes on after a cursor that what came between is not kept', async () => {
    const [viewer] = people();
    const stream = await watch(viewer);
    await timeline.post(viewer);
    const { cursor } = await next(stream);
    await stream.return();
    await timeline.post(viewer);
    await timeline.eventLog.processAll();
    const later = await watch(viewer, cursor);
    const gap = await next(later);
    expect(gap).toMatchObject({ __typename: 'StreamGap', reason: 'CURSOR_EXPIRED' });
    expect(await untilMine(later, viewer)).toEqual([]);
    await later.return();
    // A gap's cursor is one, too.
    const again = await watch(viewer, gap.cursor);
    expect(await next(again)).toMatchObject({ reason: 'CURSOR_EXPIRED' });
    await again.return();
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

  it('is refused signed out, and with a cursor of another stream', async () => {
    const [viewer] = people();
    const codes = [];
    for (const [reader, after] of [
      [null, undefined],
      [viewer, 'nonsense'],
      [viewer, encodeCursor('home-stream:1', '5')],
      [viewer, encodeCursor(`home-stream:${viewer}`, '-5')],
    ] as const) {
      const answer = await timeline.watch(reader, after);
      if (isStream(answer)) throw new Error('It was let in.');
      codes.push(answer.errors?.[0]?.extensions);
    }
    const bad = { code: 'BAD_USER_INPUT', argument: 'after' };
    expect(codes).toMatchObject([{ code: 'UNAUTHENTICATED' }, bad, bad, bad]);
  });
});
