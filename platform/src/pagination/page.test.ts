import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutPage, goingOnAt, toConnection } from './connection.ts';
import { encodeCursor } from './cursor.ts';
import { type ConnectionArguments, readPage } from './page-arguments.ts';

const LIST = 'numbers:1';
const at = (position: number) => encodeCursor(LIST, String(position));

const refusalOf = (args: ConnectionArguments): unknown => {
  try {
    readPage(LIST, args);
    return 'accepted';
  } catch (error) {
    return (error as { extensions: unknown }).extensions;
  }
};

describe('The arguments of a page', () => {
  test.each([
    ['nothing', {}, { limit: 20, direction: 'forward' }],
    ['nulls', { first: null, after: null, last: null, before: null }, { limit: 20, direction: 'forward' }],
    ['the first one', { first: 1 }, { limit: 1, direction: 'forward' }],
    ['the first hundred', { first: 100 }, { limit: 100, direction: 'forward' }],
    ['after', { after: at(7) }, { limit: 20, direction: 'forward', after: ['7'] }],
    ['first after', { first: 5, after: at(7) }, { limit: 5, direction: 'forward', after: ['7'] }],
    ['the last ones', { last: 100 }, { limit: 100, direction: 'backward' }],
    ['before', { before: at(7) }, { limit: 20, direction: 'backward', before: ['7'] }],
    ['last before', { last: 5, before: at(7) }, { limit: 5, direction: 'backward', before: ['7'] }],
    ['first before', { first: 5, before: at(7) }, { limit: 5, direction: 'forward', before: ['7'] }],
    ['between', { after: at(1), before: at(7) }, { limit: 20, direction: 'forward', after: ['1'], before: ['7'] }],
    [
      'last between',
      { last: 2, after: at(1), before: at(7) },
      { limit: 2, direction: 'backward', after: ['1'], before: ['7'] },
    ],
  ])('are read: %s', (_, args, expected) => {
    expect(readPage(LIST, args)).toEqual({ after: undefined, before: undefined, ...expected });
  });

  test.each([
    ['none at all', { first: 0 }, 'first'],
    ['fewer than none', { first: -1 }, 'first'],
    ['too many', { first: 101 }, 'first'],
    ['no last one', { last: 0 }, 'last'],
    ['fewer than no last one', { last: -1 }, 'last'],
    ['too many last ones', { last: 101 }, 'last'],
    ['both ways at once', { first: 1, last: 1 }, 'last'],
    ['a malformed after', { after: 'x' }, 'after'],
    ['an empty after', { after: '' }, 'after'],
    ['a malformed before', { before: 'x' }, 'before'],
    ['a cursor of another list', { after: encodeCursor('numbers:2', '7') }, 'after'],
  ])('are refused: %s', (_, args, argument) => {
    expect(refusalOf(args)).toEqual({ code: 'BAD_USER_INPUT', argument });
  });
});

/** A list of the numbers 1 to `size`, read as a store does: one more than asked for, in the direction of reading. */
function read(size: number, args: ConnectionArguments) {
  const request = readPage(LIST, args);
  const after = Number(request.after?.[0] ?? 0);
  const before = Number(request.before?.[0] ?? size + 1);
  const numbers = Array.from({ length: size }, (_, index) => index + 1).filter((n) => n > after && n < before);
  if (request.direction === 'backward') numbers.reverse();
  return toConnection(
    LIST,
    cutPage(request, numbers.slice(0, request.limit + 1)),
    (number) => [String(number)],
    (number) => ({ node: `n${number}` }),
  );
}

describe('A page', () => {
  test('has its entries in the order of the list, with nodes beside edges and cursors that lead to them', () => {
    expect(read(5, { first: 2, after: at(1) })).toMatchObject({
      edges: [
        { cursor: at(2), node: 'n2' },
        { cursor: at(3), node: 'n3' },
      ],
      nodes: ['n2', 'n3'],
      pageInfo: { hasNextPage: true, hasPreviousPage: true, startCursor: at(2), endCursor: at(3) },
    });
    expect(read(5, { last: 2 }).nodes).toEqual(['n4', 'n5']);
  });

  test('of nothing is empty, and leads nowhere', () => {
    const { edges, nodes, pageInfo } = read(0, {});
    expect({ edges, nodes }).toEqual({ edges: [], nodes: [] });
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = pageInfo;
    expect([hasNextPage, hasPreviousPage, startCursor, endCursor]).toEqual([false, false, null, null]);
  });

  test('goes on where reading gave up on filling it, in the direction of reading', () => {
    const cursors = (args: ConnectionArguments) => {
      const found = goingOnAt(LIST, ['further'], readPage(LIST, args), read(5, args));
      const { hasNextPage, hasPreviousPage, startCursor, endCursor } = found.pageInfo;
      return [hasNextPage, hasPreviousPage, startCursor, endCursor];
    };
    const further = encodeCursor(LIST, 'further');
    expect(cursors({ first: 2 })).toEqual([true, false, at(1), further]);
    expect(cursors({ last: 2 })).toEqual([false, true, further, at(5)]);
  });

  test('tells whether the list goes on either way', () => {
    const ways = (args: ConnectionArguments) => {
      const { hasPreviousPage, hasNextPage } = read(5, args).pageInfo;
      return [hasPreviousPage, hasNextPage];
    };
    expect(ways({ first: 5 })).toEqual([false, false]);
    expect(ways({ first: 4 })).toEqual([false, true]);
    expect(ways({ first: 4, after: at(1) })).toEqual([true, false]);
    expect(ways({ last: 5 })).toEqual([false, false]);
    expect(ways({ last: 4 })).toEqual([true, false]);
    expect(ways({ last: 4, before: at(5) })).toEqual([false, true]);
  });

  test('after page, either way, shows everything once and in order', () => {
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 20 }), fc.boolean(), (size, limit, forward) => {
        const seen: string[] = [];
        let page = read(size, forward ? { first: limit } : { last: limit });
        for (;;) {
          if (forward) seen.push(...page.nodes);
          else seen.unshift(...page.nodes);
          const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
          if (!(forward ? hasNextPage : hasPreviousPage)) break;
          expect(page.nodes).toHaveLength(limit);
          page = read(size, forward ? { first: limit, after: endCursor } : { last: limit, before: startCursor });
        }
        expect(seen).toEqual(Array.from({ length: size }, (_, index) => `n${index + 1}`));
      }),
    );
  });

  test('may carry more on its edges', () => {
    const page = toConnection(
      LIST,
      { rows: [{ id: '3', by: 'x' }], hasNextPage: false, hasPreviousPage: false },
      ({ id }) => [id],
      ({ id, by }) => ({ node: id, by }),
    );
    expect(page.edges).toMatchObject([{ cursor: at(3), node: '3', by: 'x' }]);
  });
});
