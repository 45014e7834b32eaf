import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry } from '../entry.ts';
import { NEWEST, OLDEST, type ReadStretch, type Stretch } from '../stretch.ts';
import { APART, mixPopular, type PopularEntry } from './mix-popular.ts';

const tweet = (id: number): Entry => ({ id: `${id}`, kind: 'tweet', actorId: '1', tweetId: `${id}`, authorId: '1' });

/** The stretch of a list (newest first), whole. */
function stretchOf<Row>(list: readonly Row[], place: (row: Row) => bigint, stretch: Stretch): Row[] {
  const { direction, from, to, limit } = stretch;
  const [newer, older] = direction === 'older' ? [from, to] : [to, from];
  const rows = list.filter((row) => place(row) < newer && place(row) > older);
  return (direction === 'older' ? rows : rows.reverse()).slice(0, limit);
}

/** The rule, over the whole list. */
function mixed(home: readonly number[], popular: readonly PopularEntry[], broughtIn: ReadonlySet<string>): string[] {
  const standing = popular.filter(({ id, rank }) =>
    popular.every((other) => {
      const [low, high] = id < other.id ? [id, other.id] : [other.id, id];
      return other.rank >= rank || home.filter((place) => BigInt(place) > low && BigInt(place) < high).length >= APART;
    }),
  );
  const ids = [...home, ...standing.flatMap(({ id }) => (broughtIn.has(`${id}`) ? [] : [Number(id)]))];
  return ids.sort((a, b) => b - a).map(String);
}

const PLACES = 120;
const places = fc.uniqueArray(fc.integer({ min: 1, max: PLACES }), { maxLength: 60 });
const end = fc.integer({ min: 0, max: PLACES + 1 });

test('every stretch of a home with what is popular is a piece of the same list, whatever was read to find it', async () => {
  let seen = 0;
  const property = fc.asyncProperty(
    places,
    places,
    fc.func(fc.integer()),
    fc.constantFrom('older' as const, 'newer' as const),
    fc.option(end),
    fc.option(end),
    fc.integer({ min: 1, max: 30 }),
    async (all, liked, random, direction, start, stop, limit) => {
      const home = all.sort((a, b) => b - a);
      const popular = liked
        .filter((id) => !home.includes(id))
        .sort((a, b) => random(a) - random(b) || a - b)
        .map((id, rank) => ({ entry: tweet(id), id: BigInt(id), rank }))
        .sort((a, b) => Number(b.id - a.id));
      const broughtIn = new Set(popular.flatMap(({ entry, rank }) => (rank % 5 === 1 ? [entry.id] : [])));
      const readHome: ReadStretch<Entry> = async (stretch) => ({
        rows: stretchOf(home.map(tweet), ({ id }) => BigInt(id), stretch),
      });
      const stretch: Stretch = {
        direction,
        from: start === null ? (direction === 'older' ? NEWEST : OLDEST) : BigInt(start),
        to: stop === null ? (direction === 'older' ? OLDEST : NEWEST) : BigInt(stop),
        limit,
      };
      const whole = mixed(home, popular, broughtIn);
      const { rows } = await mixPopular(readHome, popular, async () => broughtIn)(stretch);
      expect(rows.map(({ id }) => id)).toEqual(stretchOf(whole, BigInt, stretch));
      const added = rows.filter(({ isPopular }) => isPopular);
      expect(added.every(({ id }) => !home.includes(Number(id)))).toBe(true);
      expect(added.length).toBeLessThanOrEqual(Math.ceil(rows.length / (APART + 1)));
      seen += added.length;
    },
  );
  await fc.assert(property, { numRuns: 2_000, seed: 20_260_101, endOnFailure: true });
  expect(seen).toBeGreaterThan(300);
});

test('what is both popular and in the home is there once, as the home has it', async () => {
  const rows = [tweet(5), tweet(3)];
  const readHome: ReadStretch<Entry> = async (stretch) => ({ rows: stretchOf(rows, ({ id }) => BigInt(id), stretch) });
  const popular = [{ entry: tweet(3), id: 3n, rank: 1 }];
  const read = mixPopular(readHome, popular, async () => new Set());
  expect((await read({ direction: 'older', from: NEWEST, to: OLDEST, limit: 9 })).rows).toEqual(rows);
});

test('where reading of the home gave up, what is popular up to there is shown, and no more', async () => {
  const home = [tweet(50), tweet(40)];
  const popular = [45, 20].map((id, rank) => ({ entry: tweet(id), id: BigInt(id), rank: 1 - rank }));
  const readHome: ReadStretch<Entry> = async (stretch) => ({
    rows: stretchOf(home, ({ id }) => BigInt(id), stretch),
    ...(stretch.direction === 'older' && stretch.limit === 9 && { stoppedAt: 30n }),
  });
  const read = mixPopular(readHome, popular.slice(0, 1), async () => new Set());
  const { rows, stoppedAt } = await read({ direction: 'older', from: NEWEST, to: OLDEST, limit: 9 });
  expect({ ids: rows.map(({ id }) => id), stoppedAt }).toEqual({ ids: ['50', '45', '40'], stoppedAt: 30n });
  const whole = mixPopular(readHome, popular, async () => new Set());
  expect((await whole({ direction: 'older', from: NEWEST, to: OLDEST, limit: 9 })).rows).toEqual(home);
});
