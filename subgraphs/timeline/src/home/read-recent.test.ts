import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry } from '../entry.ts';
import { type Looks, readRecent } from './read-recent.ts';

const MOST = 200;
const tweet = (id: bigint): Entry => ({ id: `${id}`, kind: 'tweet', actorId: '1', tweetId: `${id}`, authorId: '1' });
const place = fc.bigInt({ min: 0n, max: BigInt(MOST) + 1n });

test('the entries of a stretch that stand in the home are read in either direction, however many do not', async () => {
  const property = fc.asyncProperty(
    fc.uniqueArray(fc.bigInt({ min: 1n, max: BigInt(MOST) }), { maxLength: MOST }),
    fc.constantFrom(1, 2, 10, 100),
    fc.record({ isOlder: fc.boolean(), from: place, to: place, limit: fc.integer({ min: 1, max: 30 }) }),
    fc.boolean(),
    async (ids, oneIn, { isOlder, from, to, limit }, isLater) => {
      const recent = BigInt64Array.from(ids).sort().reverse();
      const stands = (id: bigint) => (id * 7_919n) % BigInt(oneIn) === 0n;
      const looks: Looks = {
        shown(asked, most) {
          const found = Array.from(asked).filter(stands).slice(0, most).map(tweet);
          return isLater ? Promise.resolve(found) : found;
        },
      };
      const direction = isOlder ? 'older' : 'newer';
      const read = readRecent(looks, recent, { direction, from, to, limit });
      const [newer, older] = isOlder ? [from, to] : [to, from];
      const standing = Array.from(recent).filter((id) => id < newer && id > older && stands(id));
      expect((await read).map(({ id }) => BigInt(id))).toEqual(
        (isOlder ? standing : standing.reverse()).slice(0, limit),
      );
      if (!isLater) expect(read).not.toBeInstanceOf(Promise);
    },
  );
  await fc.assert(property, { numRuns: 500 });
});
