import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSocialGraph, type TestGraph } from './support/social-graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startSocialGraph();
});
afterAll(() => graph.stop());

interface List {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const LIST =
  '{ edges { cursor node { id } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }';
const ids = ({ nodes }: List) => nodes.map(({ id }) => id);

async function read(viewer: string | null, userId: string, field: string, args = ''): Promise<List> {
  const [user] = await graph.users<{ list: List }>(viewer, [userId], `list: ${field}${args} ${LIST}`);
  if (!user) throw new Error('no user');
  return user.list;
}

/** Every page to the true end, forwards or backwards, each page as ids. */
async function readAll(viewer: string | null, userId: string, field: string, size: number, backwards = false) {
  const pages: string[][] = [];
  let list = await read(viewer, userId, field, backwards ? `(last: ${size})` : `(first: ${size})`);
  for (;;) {
    pages.push(ids(list));
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = list.pageInfo;
    if (!(backwards ? hasPreviousPage : hasNextPage)) return pages;
    const args = backwards ? `(last: ${size}, before: "${startCursor}")` : `(first: ${size}, after: "${endCursor}")`;
    list = await read(viewer, userId, field, args);
  }
}

const follow = (a: string, b: string) => graph.mutate(a, 'followUser', { userId: b });

describe('SG-2: followers and following', () => {
  test('newest first, page after page, forwards and backwards, and following again comes on top', async () => {
    const [star = '', ...fans] = await graph.register(8);
    for (const fan of fans) await follow(fan, star);
    const newest = fans.toReversed();
    expect(await readAll(null, star, 'followers', 3)).toEqual([
      newest.slice(0, 3),
      newest.slice(3, 6),
      newest.slice(6),
    ]);
    expect(await readAll(null, star, 'followers', 3, true)).toEqual([
      newest.slice(4),
      newest.slice(1, 4),
      newest.slice(0, 1),
    ]);
    const oldest = fans[0] ?? '';
    await graph.mutate(oldest, 'unfollowUser', { userId: star });
    await follow(oldest, star);
    expect(ids(await read(null, star, 'followers', '(first: 2)'))).toEqual([oldest, newest[0]]);

    const [fan = '', ...stars] = await graph.register(5);
    for (const one of stars) await follow(fan, one);
    expect(await readAll(null, fan, 'following', 2)).toEqual([
      [stars[3], stars[2]],
      [stars[1], stars[0]],
    ]);
  });

  test('a page says truly whether the list goes on either way', async () => {
    const [star = '', ...fans] = await graph.register(4);
    for (const fan of fans) await follow(fan, star);
    const whole = await read(null, star, 'followers', '(first: 3)');
    expect(whole.pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: whole.edges[0]?.cursor,
      endCursor: whole.edges[2]?.cursor,
    });
    const middle = await read(null, star, 'followers', `(first: 1, after: "${whole.pageInfo.startCursor}")`);
    expect(middle.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    const none = await read(null, star, 'followers', `(first: 1, after: "${whole.pageInfo.endCursor}")`);
    expect(none).toEqual({
      edges: [],
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    });
  });

  test('a cursor holds its place while others follow and unfollow', async () => {
    const [star = '', ...fans] = await graph.register(8);
    const [late = '', ...early] = fans;
    for (const fan of early) await follow(fan, star);
    const first = await read(null, star, 'followers', '(first: 3)');
    await follow(late, star);
    await graph.mutate(early[4] ?? '', 'unfollowUser', { userId: star });
    const second = await read(null, star, 'followers', `(first: 3, after: "${first.pageInfo.endCursor}")`);
    expect(ids(second)).toEqual([early[2], early[1], early[0]]);
  });

  test('20 without a size, 100 at most', async () => {
    const [star = '', ...fans] = await graph.register(102);
    await Promise.all(fans.map((fan) => follow(fan, star)));
    expect((await read(null, star, 'followers')).nodes).toHaveLength(20);
    const hundred = await read(null, star, 'followers', '(first: 100)');
    expect(hundred.nodes).toHaveLength(100);
    expect(hundred.pageInfo.hasNextPage).toBe(true);
  });

  test('an account that there is not follows nobody', async () => {
    const list = await read(null, '1234567890123456789', 'followers');
    expect(list).toMatchObject({ edges: [], pageInfo: { hasNextPage: false, endCursor: null } });
  });
});

describe('SG-2: followersYouKnow', () => {
  test('those followers whom the viewer follows, in the order of followers', async () => {
    const [me = '', star = '', ...fans] = await graph.register(8);
    for (const fan of fans) await follow(fan, star);
    for (const known of [fans[4], fans[0], fans[2]]) await follow(me, known ?? '');
    await follow(me, star);
    expect(await readAll(me, star, 'followersYouKnow', 2)).toEqual([[fans[4], fans[2]], [fans[0]]]);
    expect(await readAll(me, star, 'followersYouKnow', 2, true)).toEqual([[fans[2], fans[0]], [fans[4]]]);
  });

  test('of oneself: those who follow back; signed out: null', async () => {
    const [me = '', a = '', b = '', c = ''] = await graph.register(4);
    for (const [from, to] of [
      [me, a],
      [me, b],
      [b, me],
      [c, me],
    ] as const)
      await follow(from, to);
    expect(await readAll(me, me, 'followersYouKnow', 10)).toEqual([[b]]);
    expect(await graph.users(null, [me], `followersYouKnow ${LIST}`)).toEqual([{ followersYouKnow: null }]);
  });
});

describe('SG-3: lists leave out accounts in a block with the viewer, and stay full', () => {
  test('either direction, both lists, at the very next read; others see the whole list', async () => {
    const [me = '', star = '', ...fans] = await graph.register(32);
    for (const fan of fans) await follow(fan, star);
    for (const fan of fans.toReversed()) await follow(star, fan);
    const hidden = new Set(fans.slice(2, 26));
    for (const [index, fan] of [...hidden].entries()) {
      await (index % 2 === 0
        ? graph.mutate(me, 'blockUser', { userId: fan })
        : graph.mutate(fan, 'blockUser', { userId: me }));
    }
    const seen = fans.filter((fan) => !hidden.has(fan));
    expect(await readAll(me, star, 'following', 5)).toEqual([seen.slice(0, 5), seen.slice(5)]);
    expect(await readAll(me, star, 'followers', 5)).toEqual([
      seen.toReversed().slice(0, 5),
      seen.toReversed().slice(5),
    ]);
    expect(await readAll(me, star, 'followers', 5, true)).toEqual([
      seen.toReversed().slice(1),
      seen.toReversed().slice(0, 1),
    ]);
    expect((await readAll(null, star, 'followers', 100)).flat()).toHaveLength(30);
    await graph.mutate(me, 'unblockUser', { userId: fans[2] ?? '' });
    expect((await readAll(me, star, 'following', 5)).flat()).toEqual([...seen.slice(0, 2), fans[2], ...seen.slice(2)]);
  });
});

describe("the viewer's own lists", () => {
  test('blocked and muted accounts, newest first, in pages; nobody else has them', async () => {
    const [me = '', ...others] = await graph.register(6);
    for (const other of others) {
      await graph.mutate(me, 'blockUser', { userId: other });
      await graph.mutate(me, 'muteUser', { userId: other });
    }
    for (const field of ['blockedUsers', 'mutedUsers']) {
      const first = await graph.ask<{ list: List }>(me, `{ list: ${field}(first: 3) ${LIST} }`);
      expect(ids(first.data.list)).toEqual(others.toReversed().slice(0, 3));
      const after = first.data.list.pageInfo.endCursor;
      const second = await graph.ask<{ list: List }>(me, `{ list: ${field}(first: 3, after: "${after}") ${LIST} }`);
      expect(ids(second.data.list)).toEqual(others.toReversed().slice(3));
      expect(second.data.list.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });

      const stranger = await graph.ask<{ list: List }>(others[0] ?? '', `{ list: ${field} ${LIST} }`);
      expect(stranger.data.list.edges).toEqual([]);
      const signedOut = await graph.ask(null, `{ ${field} { nodes { id } } }`);
      expect(signedOut).toMatchObject({
        data: { [field]: null },
        errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
      });
    }
  });
});
