import { describe, expect, test } from 'vitest';
import { getPages, type PageKey } from './list-pages.ts';
import type { Entry, ListEntries } from './list-store.ts';

/** A list of positions 1 to `length`, of which some are hidden; tells the sizes it was read with. */
function fakeList(length: number, isHidden: (position: number) => boolean) {
  const sizes: number[] = [];
  const list: ListEntries = async (parts, direction, size) => {
    sizes.push(size);
    return parts.map(({ below, above }) => {
      const found: Entry[] = [];
      const from = direction === 'forward' ? Math.min(length, Number(below) - 1) : Number(above) + 1;
      const step = direction === 'forward' ? -1 : 1;
      for (let at = from; found.length < size && at > Number(above) && at < Number(below) && at <= length; at += step) {
        found.push({ accountId: `${at}`, position: `${at}`, isHidden: isHidden(at) });
      }
      return found;
    });
  };
  return { list, sizes };
}

function key(
  direction: 'forward' | 'backward',
  limit: number,
  cursors: { after?: string; before?: string } = {},
): PageKey {
  const { after, before } = cursors;
  return {
    userId: '1',
    request: { direction, limit, after: after ? [after] : undefined, before: before ? [before] : undefined },
  };
}

const ids = ({ rows }: { rows: readonly Entry[] }) => rows.map(({ accountId }) => Number(accountId));

describe('getPages', () => {
  test('one read of one entry more than asked for is enough when nothing is hidden', async () => {
    const { list, sizes } = fakeList(10, () => false);
    const [page] = await getPages(list, [key('forward', 3)]);
    expect(page && ids(page)).toEqual([10, 9, 8]);
    expect(page).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(sizes).toEqual([4]);
  });

  test('fills up a page from behind what is hidden, and says truly that the list ends', async () => {
    const { list, sizes } = fakeList(1_000, (position) => position > 4 && position < 998);
    const [page] = await getPages(list, [key('forward', 6)]);
    expect(page && ids(page)).toEqual([1_000, 999, 998, 4, 3, 2]);
    expect(page).toMatchObject({ hasNextPage: true });
    const [last] = await getPages(list, [key('forward', 6, { after: '998' })]);
    expect(last && ids(last)).toEqual([4, 3, 2, 1]);
    expect(last).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(sizes).toEqual([7, 1_000, 7, 1_000]);
  });

  test('backwards the page is in the order of the list', async () => {
    const { list } = fakeList(50, (position) => position % 2 === 0);
    const [page] = await getPages(list, [key('backward', 3, { before: '40' })]);
    expect(page && ids(page)).toEqual([45, 43, 41]);
    expect(page).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  });

  test('both ends given, it stays between them', async () => {
    const { list } = fakeList(50, () => false);
    const pages = await getPages(list, [
      key('forward', 10, { after: '9', before: '5' }),
      key('backward', 10, { after: '9', before: '5' }),
    ]);
    expect(pages.map(ids)).toEqual([
      [8, 7, 6],
      [8, 7, 6],
    ]);
  });

  test.each(['forward', 'backward'] as const)(
    '%s, gives up after 21,000 entries and says where it goes on',
    async (way) => {
      const { list, sizes } = fakeList(100_000, (position) => position > 100 && position < 99_900);
      const [page] = await getPages(list, [key(way, 20, way === 'forward' ? { after: '99900' } : { before: '100' })]);
      expect(page && ids(page)).toEqual([]);
      const end = way === 'forward' ? 99_900 - 21_021 : 100 + 21_021;
      expect(page).toMatchObject({ end: `${end}`, [way === 'forward' ? 'hasNextPage' : 'hasPreviousPage']: true });
      expect(sizes).toEqual([21, 1_000, 4_000, 16_000]);
    },
  );

  test('only pages that are short are read on, all of them at once', async () => {
    const { list, sizes } = fakeList(100, (position) => position > 50);
    const pages = await getPages(list, [key('forward', 2, { after: '40' }), key('forward', 2), key('forward', 5)]);
    expect(pages.map(ids)).toEqual([
      [39, 38],
      [50, 49],
      [50, 49, 48, 47, 46],
    ]);
    expect(sizes).toEqual([6, 1_000]);
  });
});
