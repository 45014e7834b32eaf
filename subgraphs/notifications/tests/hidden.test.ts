import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { events, type TestEvent, type Tweet } from './support/events.ts';
import { openTestNotifications, type TestNotifications } from './support/notifications.ts';

let here: TestNotifications;
beforeAll(async () => {
  here = await openTestNotifications();
});
afterAll(() => here.stop());

const ALL = ['FOLLOW', 'FOLLOW_REQUEST', 'LIKE', 'MENTION', 'QUOTE', 'REPLY', 'RETWEET'];

/** Somebody does everything that somebody else can be told of. */
async function doEverything(by: string, me: string, tweet: Tweet): Promise<void> {
  await here.emit(
    events.liked(by, tweet),
    events.retweeted(here.newId('retweet'), by, tweet),
    events.followed(by, me),
    events.followRequested(by, me),
  );
  await here.post(by, { replyTo: tweet, text: 'It rains.' });
  await here.post(by, { quoting: tweet, text: 'Rain again.' });
  await here.post(by, { mentioning: [me], text: 'Do you like rain?' });
}

async function kinds(me: string): Promise<string[]> {
  const { nodes, unreadCount } = await here.list(me);
  expect(unreadCount).toBe(nodes.length);
  return nodes.map(({ kind }) => kind).sort();
}

const LONG_AGO = new Date(0);
const inAnHour = () => new Date(Date.now() + 3_600_000);
const but = (...hidden: readonly string[]) => ALL.filter((kind) => !hidden.includes(kind));

describe.each<{
  name: string;
  hide: (me: string, by: string) => readonly TestEvent[];
  lift?: (me: string, by: string) => readonly TestEvent[];
  left: readonly string[];
}>([
  {
    name: 'a block',
    hide: (me, by) => [events.blocked(me, by)],
    lift: (me, by) => [events.unblocked(me, by)],
    left: [],
  },
  {
    name: 'a block by the other',
    hide: (me, by) => [events.blocked(by, me)],
    lift: (me, by) => [events.unblocked(by, me)],
    left: [],
  },
  { name: 'a mute', hide: (me, by) => [events.muted(me, by)], lift: (me, by) => [events.unmuted(me, by)], left: [] },
  { name: 'a mute that will end', hide: (me, by) => [events.muted(me, by, false, inAnHour())], left: [] },
  { name: 'a mute that has ended', hide: (me, by) => [events.muted(me, by, false, LONG_AGO)], left: ALL },
  { name: 'a mute by the other', hide: (me, by) => [events.muted(by, me)], left: ALL },
  {
    name: 'a mute of retweets',
    hide: (me, by) => [events.muted(me, by, true)],
    lift: (me, by) => [events.unmuted(me, by)],
    left: but('RETWEET'),
  },
  {
    name: 'a protected account that the viewer does not follow',
    hide: (_me, by) => [events.profileChanged(by, true)],
    lift: (_me, by) => [events.profileChanged(by, false)],
    left: ['FOLLOW', 'FOLLOW_REQUEST'],
  },
  {
    name: 'a protected account that the viewer follows',
    hide: (me, by) => [events.profileChanged(by, true), events.followed(me, by)],
    left: ALL,
  },
  {
    name: 'a muted word',
    hide: (me) => [events.keywordMuted(me, 'Rain')],
    lift: (me) => [events.keywordUnmuted(me, 'Rain')],
    left: but('QUOTE', 'MENTION'),
  },
  { name: 'a word that was muted', hide: (me) => [events.keywordMuted(me, 'Rain', LONG_AGO)], left: ALL },
])('$name', ({ hide, lift, left }) => {
  it('that comes before', async () => {
    const [me, by] = here.newUsers(2) as [string, string];
    const tweet = await here.post(me, { text: 'Rain.' });
    await here.emit(...hide(me, by));
    await doEverything(by, me, tweet);
    expect(await kinds(me)).toEqual(left);
  });

  it('that comes after, until it ends', async () => {
    const [me, by] = here.newUsers(2) as [string, string];
    const tweet = await here.post(me, { text: 'Rain.' });
    await doEverything(by, me, tweet);
    expect(await kinds(me)).toEqual(ALL);
    await here.emit(...hide(me, by));
    expect(await kinds(me)).toEqual(left);
    if (!lift) return;
    await here.emit(...lift(me, by));
    expect(await kinds(me)).toEqual(ALL);
  });
});

describe('of several who did it', () => {
  it('those who are hidden are neither named nor counted, nor told by the time', async () => {
    const [me, ...crowd] = here.newUsers(6) as [string, ...string[]];
    const tweet = await here.post(me);
    await here.emit(...crowd.map((by) => events.liked(by, tweet)));
    const [, bo, cy, di, ed] = crowd as [string, string, string, string, string];
    await here.emit(events.blocked(ed, me), events.muted(me, di));
    const { nodes, unreadCount } = await here.list(me);
    expect(nodes).toMatchObject([{ actorCount: 3 }]);
    expect(unreadCount).toBe(1);
    expect(nodes[0]?.sampleActors.map(({ id }) => id)).not.toContain(ed);
    expect(nodes[0]?.sampleActors.map(({ id }) => id)).not.toContain(di);
    expect(nodes[0]?.sampleActors.map(({ id }) => id)).toEqual(expect.arrayContaining([bo, cy]));
    expect(await here.byId(me, nodes[0]?.id ?? '')).toEqual(nodes[0]);
  });

  it('when nobody is left it is gone, for who asks for it by its id too', async () => {
    const [me, bo] = here.newUsers(2) as [string, string];
    const tweet = await here.post(me);
    await here.emit(events.liked(bo, tweet));
    const [node] = (await here.list(me)).nodes;
    const id = node?.id ?? '';
    expect(await here.byId(me, id)).toEqual(node);
    expect(await here.byId(bo, id)).toBeNull();
    expect(await here.byId(null, id)).toBeNull();
    await here.emit(events.blocked(bo, me));
    expect(await here.byId(me, id)).toBeNull();
  });
});

describe('a muted word', () => {
  it('hides a quote that says it by what it quotes of another, as far as the viewer may see that', async () => {
    const [me, bo, cy] = here.newUsers(3) as [string, string, string];
    const rainy = await here.post(cy, { text: 'Rain!' });
    await here.post(bo, { mentioning: [me], quoting: rainy });
    await here.emit(events.keywordMuted(me, 'rain'));
    expect(await kinds(me)).toEqual([]);
    await here.emit(events.blocked(cy, me));
    expect(await kinds(me)).toEqual(['MENTION']);
    await here.emit(events.unblocked(cy, me), events.profileChanged(cy, true));
    expect(await kinds(me)).toEqual(['MENTION']);
    await here.emit(events.followed(me, cy));
    expect(await kinds(me)).toEqual([]);
    await here.emit(events.deleted(rainy));
    expect(await kinds(me)).toEqual(['MENTION']);
  });
});
