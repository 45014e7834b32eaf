import { expect, test } from 'vitest';
import { inProcessActivity } from '../src/abuse/in-process.ts';
import { limit, postAt, recentActivityContract } from './recent-activity.contract.ts';

recentActivityContract('this process', (remembered) => inProcessActivity(remembered));

test('who has posted nothing for longest is forgotten first, when there are too many', async () => {
  const activity = inProcessActivity({ posts: 10, ms: 60_000 }, 2);
  const rule = limit('posts', 1);
  const post = async (author: string, ms: number) => (await activity.judge(author, postAt(ms), [rule])) === 'accepted';
  expect(await post('ada', 1)).toBe(true);
  expect(await post('bob', 2)).toBe(true);
  activity.note('ada', postAt(3));
  expect(await post('cyd', 4)).toBe(true);
  expect(await post('ada', 5)).toBe(false);
  expect(await post('bob', 6)).toBe(true);
});

test('what is older than it was told to remember is forgotten', async () => {
  const activity = inProcessActivity({ posts: 10, ms: 1_000 });
  const rule = limit('posts', 1, 5_000);
  await activity.judge('ada', postAt(1, { key: 'k' }), [rule]);
  expect(await activity.judge('ada', postAt(1_000, { key: 'k' }), [rule])).toBe('repeated');
  expect(await activity.judge('ada', postAt(1_001, { key: 'k' }), [rule])).toBe('accepted');
});
