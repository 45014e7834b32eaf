import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Post } from '../src/abuse/activity.ts';
import type { RecentActivity, Remembered } from '../src/abuse/recent-activity.ts';
import type { Counted, Limit } from '../src/abuse/rules.ts';
import { judge } from '../src/abuse/verdict.ts';

let made = 0;
const NOW = Date.UTC(2026, 0, 31);

/** A post so many milliseconds after a fixed moment. */
export const postAt = (ms: number, more: Partial<Post> = {}): Post => ({
  id: `p${++made}`,
  at: NOW + ms,
  text: '',
  key: '',
  links: 0,
  mentions: [],
  addressed: [],
  ...more,
});

export const limit = (counts: Counted, most: number, windowMs = 1_000): Limit => ({
  name: counts,
  counts,
  windowMs,
  most,
  verdict: 'throttle',
  reason: 'Too much',
});

const COUNTED: readonly Counted[] = ['posts', 'same-text', 'people-of-same-text', 'links', 'mentions'];

/** What every keeper of recent activity does. `open` answers an empty one. */
export function recentActivityContract(name: string, open: (remembered: Remembered) => RecentActivity): void {
  describe(`${name} as recent activity`, () => {
    let activity: RecentActivity;
    let author: string;
    beforeEach(() => {
      activity = open({ posts: 10, ms: 60_000 });
      author = `${++made}`;
    });

    test('what is accepted counts from then on, for its author alone', async () => {
      const rule = limit('posts', 2);
      for (const ms of [1, 2]) expect(await activity.judge(author, postAt(ms), [rule])).toBe('accepted');
      expect(await activity.judge(author, postAt(3), [rule])).toEqual({ rule, retryAt: NOW + 1_001 });
      expect(await activity.judge(`${++made}`, postAt(3), [rule])).toBe('accepted');
    });

    test('what is refused does not count', async () => {
      const rules = [limit('links', 1), limit('posts', 2)];
      await activity.judge(author, postAt(1, { links: 1 }), rules);
      for (const ms of [2, 3, 4]) {
        expect(await activity.judge(author, postAt(ms, { links: 1 }), rules)).toMatchObject({ rule: rules[0] });
      }
      expect(await activity.judge(author, postAt(5), rules)).toBe('accepted');
    });

    test('what is withdrawn does not count, and withdrawing what is not there changes nothing', async () => {
      const rule = limit('posts', 2);
      const [first, second] = [postAt(1), postAt(2)];
      await activity.withdraw(author, first);
      for (const post of [first, second]) await activity.judge(author, post, [rule]);
      await activity.withdraw(author, first);
      await activity.withdraw(author, first);
      expect(await activity.judge(author, postAt(3), [rule])).toBe('accepted');
      expect(await activity.judge(author, postAt(4), [rule])).toEqual({ rule, retryAt: second.at + 1_000 });
    });

    test('a repetition is told and not counted', async () => {
      const rule = limit('posts', 2);
      for (const ms of [1, 2, 3]) {
        const judgement = await activity.judge(author, postAt(ms, { key: 'k' }), [rule]);
        expect(judgement).toBe(ms === 1 ? 'accepted' : 'repeated');
      }
      expect(await activity.judge(author, postAt(4, { key: 'l' }), [rule])).toBe('accepted');
      expect(await activity.judge(author, postAt(5), [rule])).toMatchObject({ rule });
    });

    test('no more posts are remembered than it was told', async () => {
      const rule = limit('links', 1);
      await activity.judge(author, postAt(1, { links: 1 }), [rule]);
      for (let ms = 2; ms <= 10; ms++) await activity.judge(author, postAt(ms), [rule]);
      expect(await activity.judge(author, postAt(11, { links: 1 }), [rule])).toMatchObject({ rule });
      await activity.judge(author, postAt(12), [rule]);
      expect(await activity.judge(author, postAt(13, { links: 1 }), [rule])).toBe('accepted');
    });

    test('of posts at the same moment no more are accepted than the limit', async () => {
      const rule = limit('posts', 5);
      const judgements = await Promise.all(Array.from({ length: 30 }, () => activity.judge(author, postAt(1), [rule])));
      expect(judgements.filter((judgement) => judgement === 'accepted')).toHaveLength(5);
    });

    test('whatever is posted, it judges as the rules say', async () => {
      const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 });
      const steps = fc.array(
        fc.record({
          wait: fc.nat({ max: 400 }),
          text: fc.constantFrom('', 's', 't'),
          key: fc.constantFrom('', '', 'k', 'l'),
          links: fc.nat({ max: 3 }),
          mentions: names,
          addressed: names,
          isWithdrawn: fc.nat({ max: 5 }).map((number) => number === 0),
        }),
        { maxLength: 15 },
      );
      const rules = fc.array(
        fc.record({
          counts: fc.constantFrom(...COUNTED),
          most: fc.integer({ min: 1, max: 6 }),
          ms: fc.constantFrom(300, 1_500),
        }),
        { maxLength: 4 },
      );
      const property = fc.asyncProperty(steps, rules, async (posts, table) => {
        const by = `${++made}`;
        const limits = table.map(({ counts, most, ms }) => limit(counts, most, ms));
        const keeper = open({ posts: 100, ms: 60_000 });
        let model: Post[] = [];
        let ms = 0;
        for (const { wait, isWithdrawn, ...more } of posts) {
          ms += wait;
          const post = postAt(ms, more);
          const judgement = await keeper.judge(by, post, limits);
          expect(judgement).toEqual(judge(limits, model, post));
          if (judgement === 'accepted') model.push(post);
          if (isWithdrawn) {
            await keeper.withdraw(by, post);
            model = model.filter(({ id }) => id !== post.id);
          }
        }
      });
      await fc.assert(property, { numRuns: 100 });
    });
  });
}
