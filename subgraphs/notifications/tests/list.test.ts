import { encodeCursor } from '@starling/platform/pagination';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, events, type Tweet } from './support/events.ts';
import {
  type Connection,
  openTestNotifications,
  type PageArguments,
  type TestNotifications,
} from './support/notifications.ts';

const WINDOW_MS = 300_000;

let here: TestNotifications;
beforeAll(async () => {
  here = await openTestNotifications();
});
afterAll(() => here.stop());

const ids = ({ nodes }: Pick<Connection, 'nodes'>) => nodes.map(({ id }) => id);
const unread = ({ nodes }: Pick<Connection, 'nodes'>) => nodes.filter(({ isRead }) => !isRead).length;

/** Somebody with so many notifications of each of these kinds, in turn. */
async function withNotifications(count: number, kinds: readonly ('LIKE' | 'MENTION')[] = ['LIKE']) {
  const [me, by] = here.newUsers(2) as [string, string];
  const now = Date.now();
  const tweets: Tweet[] = [];
  const told = Array.from({ length: count }, (_, place) => {
    const atMs = now - (count - place) * 1_000;
    const kind = kinds[place % kinds.length];
    const tweet = { id: here.newId('tweet', atMs), authorId: kind === 'LIKE' ? me : by };
    tweets.push(tweet);
    return kind === 'LIKE'
      ? [events.posted(tweet), at(atMs, events.liked(by, tweet))]
      : [events.posted(tweet, { mentioning: [me] })];
  });
  await here.emit(...told.flat());
  return { me, by, tweets };
}

async function everyPage(me: string, size: number, args: PageArguments = {}): Promise<string[]> {
  const found: string[] = [];
  let page = await here.list(me, { ...args, first: size });
  for (;;) {
    found.push(...ids(page));
    if (!page.pageInfo.hasNextPage) return found;
    expect(page.nodes).toHaveLength(size);
    page = await here.list(me, { ...args, first: size, after: page.pageInfo.endCursor as string });
  }
}

async function everyPageBack(me: string, size: number): Promise<string[]> {
  const found: string[] = [];
  let page = await here.list(me, { last: size });
  for (;;) {
    found.unshift(...ids(page));
    if (!page.pageInfo.hasPreviousPage) return found;
    expect(page.nodes).toHaveLength(size);
    page = await here.list(me, { last: size, before: page.pageInfo.startCursor as string });
  }
}

describe('pages', () => {
  it('are full to the end, both ways, however much is hidden, and cost one statement', async () => {
    const { me, tweets } = await withNotifications(100);
    const gone = tweets.filter((_, place) => place % 20 !== 7);
    const whole = ids(await here.list(me, { first: 100 }));
    expect(whole).toHaveLength(100);
    expect(await everyPage(me, 7)).toEqual(whole);
    expect(await everyPageBack(me, 7)).toEqual(whole);

    await here.emit(...gone.map((tweet) => events.deleted(tweet)));
    const left = ids(await here.list(me, { first: 100 }));
    expect(left).toHaveLength(5);
    expect(await everyPage(me, 2)).toEqual(left);
    expect(await everyPageBack(me, 2)).toEqual(left);
    const statements = await here.statementsOf(() => here.list(me, { first: 3 }));
    expect(statements).toEqual(['notifications.listNotifications']);
  });

  it('of some kinds have cursors that hold for all, and the unread count of those kinds', async () => {
    const { me } = await withNotifications(10, ['LIKE', 'MENTION']);
    const mentions = await here.list(me, { kinds: ['MENTION', 'MODERATION'] });
    expect(mentions.nodes.map(({ kind }) => kind)).toEqual(Array(5).fill('MENTION'));
    expect(mentions.unreadCount).toBe(5);
    expect(await everyPage(me, 2, { kinds: ['MENTION'] })).toEqual(ids(mentions));
    const after = mentions.edges[1]?.cursor ?? '';
    expect((await here.list(me, { after, kinds: ['LIKE'] })).nodes).toHaveLength(4);
    expect(await here.list(me, { kinds: [] })).toMatchObject({ nodes: [], unreadCount: 0 });
    expect((await here.list(me)).unreadCount).toBe(10);
  });

  it('refuse what no page is, and whoever is signed out', async () => {
    const [me] = here.newUsers(1) as [string];
    const ask = (args: string, viewer: string | null = me) =>
      here.run(viewer, `{ notifications(${args}) { unreadCount } }`);
    for (const [args, argument] of [
      ['first: 0', 'first'],
      ['first: 101', 'first'],
      ['last: -1', 'last'],
      ['first: 1, last: 1', 'last'],
      ['after: "nonsense"', 'after'],
      [`before: "${encodeCursor('notifications:1', '5')}"`, 'before'],
    ] as const) {
      expect((await ask(args)).errors, args).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
    }
    for (const query of ['{ notifications { unreadCount } }', '{ notificationPreferences { kind } }']) {
      expect((await here.run(null, query)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    }
  });
});

describe('reading', () => {
  it('marks one and what is older, and the count is that of the list', async () => {
    const { me, by } = await withNotifications(10);
    const { nodes } = await here.list(me);
    expect(await here.markRead(me, nodes[4]?.id ?? '')).toEqual({ unreadCount: 4, userErrors: [] });
    const list = await here.list(me);
    expect(list.nodes.map(({ isRead }) => isRead)).toEqual([...Array(4).fill(false), ...Array(6).fill(true)]);
    expect(list.unreadCount).toBe(4);
    // An older one changes nothing, and one that is hidden by now is good enough.
    expect((await here.markRead(me, nodes[8]?.id ?? '')).unreadCount).toBe(4);
    await here.emit(events.blocked(me, by));
    expect(await here.markRead(me, nodes[0]?.id ?? '')).toEqual({ unreadCount: 0, userErrors: [] });
    await here.emit(events.unblocked(me, by));
    expect(await here.list(me)).toMatchObject({ unreadCount: 0, nodes: { length: 10 } });
  });

  it('leaves the count what the list is, whatever comes and goes meanwhile', async () => {
    const { me, by, tweets } = await withNotifications(40);
    const crowd = here.newUsers(5);
    await Promise.all([
      ...tweets.slice(0, 20).map((tweet) => here.emit(events.deleted(tweet))),
      ...tweets.map((tweet, place) => here.emit(events.liked(crowd[place % 5] as string, tweet))),
      ...crowd.map((one) => here.emit(events.followed(one, me))),
      here.emit(events.muted(me, crowd[0] as string)),
      here.emit(events.unliked(by, tweets[30] as Tweet)),
      ...Array.from({ length: 10 }, async () => {
        const list = await here.list(me, { first: 100 });
        expect(list.unreadCount).toBe(unread(list));
        const { unreadCount } = await here.markRead(me, list.nodes[5]?.id ?? '');
        expect(unreadCount).not.toBeNull();
      }),
    ]);
    const list = await here.list(me, { first: 100 });
    expect(list.unreadCount).toBe(unread(list));
  });

  it('does not mark what arrives afterwards, also when it is about something earlier', async () => {
    const { me, tweets } = await withNotifications(3);
    const [late] = here.newUsers(1) as [string];
    const { nodes } = await here.list(me);
    await here.markRead(me, nodes[0]?.id ?? '');
    // It began before the others, in a transaction that was committed only now.
    const earlier = Number(new Date(nodes[2]?.createdAt ?? '')) - 5;
    await here.emit(at(earlier, events.followed(late, me)));
    const list = await here.list(me);
    expect(list.nodes.map(({ isRead }) => isRead)).toEqual([true, true, true, false]);
    expect(list.unreadCount).toBe(1);
    expect((await here.markRead(me, nodes[0]?.id ?? '')).unreadCount).toBe(0);
    expect(tweets).toHaveLength(3);
  });

  it('leaves unread what is unread, also when it turns out to have begun before what is read', async () => {
    const [me, by, liker, earlier] = here.newUsers(4) as [string, string, string, string];
    const began = Math.floor(Date.now() / WINDOW_MS) * WINDOW_MS - WINDOW_MS;
    const tweet = await here.post(me, { atMs: began });
    const read = await here.post(by, { atMs: began + 20, mentioning: [me] });
    await here.emit(at(began + 30, events.liked(liker, tweet)));
    const [like, mention] = (await here.list(me)).nodes;
    expect([like?.tweet?.id, mention?.tweet?.id]).toEqual([tweet.id, read.id]);
    expect((await here.markRead(me, mention?.id ?? '')).unreadCount).toBe(1);
    // Done before the others, and committed only now.
    await here.emit(at(began + 10, events.liked(earlier, tweet)));
    const list = await here.list(me);
    expect(list.nodes.map(({ kind, isRead }) => [kind, isRead])).toEqual([
      ['MENTION', true],
      ['LIKE', false],
    ]);
    expect(list.unreadCount).toBe(1);
    expect((await here.markRead(me, mention?.id ?? '')).unreadCount).toBe(0);
  });

  it('leaves a thousand unread at most', async () => {
    const { me } = await withNotifications(1_003, ['MENTION']);
    const last = await here.list(me, { last: 5 });
    expect(last.unreadCount).toBe(1_000);
    expect(last.nodes.map(({ isRead }) => isRead)).toEqual([false, false, true, true, true]);
    const newest = await here.list(me, { first: 2 });
    expect((await here.markRead(me, newest.nodes[1]?.id ?? '')).unreadCount).toBe(1);
  });

  it('of what is no notification of the viewer marks nothing', async () => {
    const { me, tweets } = await withNotifications(1);
    const other = await withNotifications(1);
    const [theirs] = (await here.list(other.me)).nodes;
    for (const id of [theirs?.id ?? '', tweets[0]?.id ?? '', '1']) {
      expect(await here.markRead(me, id)).toEqual({
        unreadCount: null,
        userErrors: [{ code: 'NOT_FOUND', field: ['input', 'upTo'] }],
      });
    }
    const { errors } = await here.run(me, 'mutation { markNotificationsRead(input: { upTo: "x" }) { unreadCount } }');
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'input.upTo' } }]);
    expect((await here.list(me)).unreadCount).toBe(1);
  });
});

describe('preferences', () => {
  it('keep a kind out of list, count and look-up, and bring it back', async () => {
    const { me } = await withNotifications(4, ['LIKE', 'MENTION']);
    const [newest] = (await here.list(me, { kinds: ['LIKE'] })).nodes;
    await here.prefer(me, 'LIKE', false);
    const list = await here.list(me);
    expect(list.nodes.map(({ kind }) => kind)).toEqual(['MENTION', 'MENTION']);
    expect(list.unreadCount).toBe(2);
    expect(await here.byId(me, newest?.id ?? '')).toBeNull();
    await here.prefer(me, 'LIKE', true);
    expect((await here.list(me)).unreadCount).toBe(4);
  });

  it('are one for each kind and channel, and of each account its own', async () => {
    const [me, other] = here.newUsers(2) as [string, string];
    await here.prefer(me, 'FOLLOW', false);
    await here.prefer(me, 'FOLLOW', false);
    const of = async (user: string) => {
      const { data } = await here.run(user, '{ notificationPreferences { kind channel isEnabled } }');
      return data?.notificationPreferences as { kind: string; channel: string; isEnabled: boolean }[];
    };
    const inApp = (await of(me)).filter(({ channel }) => channel === 'IN_APP');
    expect(inApp).toHaveLength(9);
    expect(inApp.filter(({ isEnabled }) => !isEnabled)).toEqual([
      { kind: 'FOLLOW', channel: 'IN_APP', isEnabled: false },
    ]);
    expect((await of(other)).filter(({ channel, isEnabled }) => channel === 'IN_APP' && !isEnabled)).toEqual([]);
  });
});

it('is fresh: what was committed before is there, without a wait', async () => {
  const [me, by] = here.newUsers(2) as [string, string];
  const tweet = await here.post(me);
  for (let round = 0; round < 5; round++) {
    await here.emit(events.liked(by, tweet));
    expect((await here.list(me)).unreadCount).toBe(1);
    await here.emit(events.blocked(by, me));
    expect((await here.list(me)).unreadCount).toBe(0);
    await here.emit(events.unblocked(by, me), events.unliked(by, tweet));
    expect((await here.list(me)).unreadCount).toBe(0);
  }
});

it('costs one statement for a look-up of many, whoever asks', async () => {
  const { me } = await withNotifications(5);
  const { nodes } = await here.list(me);
  const representations = nodes.map(({ id }) => `{ __typename: "Notification", id: "${id}" }`).join(' ');
  const query = `{ _entities(representations: [${representations}]) { ... on Notification { id actorCount } } }`;
  const statements = await here.statementsOf(async () => {
    const { data } = await here.run(me, query);
    expect(data).toMatchObject({ _entities: nodes.map(({ id }) => ({ id, actorCount: 1 })) });
  });
  expect(statements).toEqual(['notifications.getNotificationsByIds']);
});

it('a window that began is over at its end, not five minutes after its first', async () => {
  const [me, bo, cy] = here.newUsers(3) as [string, string, string];
  const tweet = await here.post(me);
  const end = Math.floor(Date.now() / WINDOW_MS) * WINDOW_MS;
  await here.emit(at(end - 1, events.liked(bo, tweet)), at(end, events.liked(cy, tweet)));
  expect((await here.list(me)).nodes.map(({ actorCount }) => actorCount)).toEqual([1, 1]);
});
