import { describe, expect, test } from 'vitest';
import type { Post } from './activity.ts';
import type { Counted, Limit } from './rules.ts';
import { judge } from './verdict.ts';

const WINDOW_MS = 1_000;
const limit = (counts: Counted, most: number): Limit => ({
  name: counts,
  counts,
  windowMs: WINDOW_MS,
  most,
  verdict: 'throttle',
  reason: 'Too much',
});

const post = (at: number, more: Partial<Post> = {}): Post => ({
  id: String(at),
  at,
  text: '',
  key: '',
  links: 0,
  mentions: [],
  addressed: [],
  ...more,
});

test('with no rules, and with no past, everything is accepted', () => {
  const busy = post(5, { text: 'a', links: 3, mentions: ['b'], addressed: ['b'] });
  expect(judge([], [busy, busy, busy], busy)).toBe('accepted');
  expect(judge([limit('posts', 1), limit('same-text', 1), limit('links', 3), limit('mentions', 1)], [], busy)).toBe(
    'accepted',
  );
});

describe.each<[Counted, (at: number, name: string) => Post]>([
  ['posts', (at) => post(at)],
  ['same-text', (at) => post(at, { text: 'same' })],
  ['links', (at) => post(at, { links: 1 })],
  ['mentions', (at, name) => post(at, { mentions: [name] })],
])('%s', (counts, made) => {
  const rule = limit(counts, 3);
  const past = [made(100, 'a'), made(200, 'b'), made(300, 'c')];

  test('as many as the limit are accepted, and one more when the oldest has left the window', () => {
    expect(judge([rule], past.slice(1), made(400, 'd'))).toBe('accepted');
    expect(judge([rule], past, made(400, 'd'))).toEqual({ rule, retryAt: 100 + WINDOW_MS });
    expect(judge([rule], past, made(99 + WINDOW_MS, 'd'))).toEqual({ rule, retryAt: 100 + WINDOW_MS });
    expect(judge([rule], past, made(100 + WINDOW_MS, 'd'))).toBe('accepted');
  });

  test('the time to try again is when enough of them have left, not the first alone', () => {
    const crowd = [...past, made(350, 'e'), made(360, 'f')];
    expect(judge([rule], crowd, made(400, 'd'))).toEqual({ rule, retryAt: 300 + WINDOW_MS });
  });
});

test('what has nothing of what a rule counts is not its concern', () => {
  const links = post(1, { links: 9 });
  expect(judge([limit('links', 1), limit('mentions', 1), limit('same-text', 1)], [links, links], post(2))).toBe(
    'accepted',
  );
});

test('what breaks a rule by itself can wait as long as it likes', () => {
  const rule = limit('links', 3);
  expect(judge([rule], [], post(1, { links: 4 }))).toEqual({ rule, retryAt: undefined });
});

test('people are counted once, however often they are mentioned', () => {
  const rule = limit('mentions', 2);
  const past = [post(1, { mentions: ['a', 'b'] }), post(2, { mentions: ['b'] })];
  expect(judge([rule], past, post(3, { mentions: ['a'] }))).toBe('accepted');
  expect(judge([rule], past, post(3, { mentions: ['c'] }))).toEqual({ rule, retryAt: 1 + WINDOW_MS });
});

describe('the same text to many people', () => {
  const rule = limit('people-of-same-text', 2);
  const said = (at: number, addressed: string[], text = 'same') => post(at, { text, addressed });

  test('counts people and tweets that it is said to, in all posts that say it', () => {
    const past = [said(1, ['a']), said(2, ['b']), said(3, ['x', 'y', 'z'], 'other')];
    expect(judge([rule], past, said(4, ['b']))).toBe('accepted');
    expect(judge([rule], past, said(4, ['c']))).toEqual({ rule, retryAt: 1 + WINDOW_MS });
    expect(judge([rule], past, said(4, ['c'], 'another'))).toBe('accepted');
    expect(judge([rule], past, said(4, ['c'], ''))).toBe('accepted');
  });

  test('what is said once is said to as many as one likes', () => {
    expect(judge([rule], [said(1, ['x'], 'other')], said(2, ['a', 'b', 'c']))).toBe('accepted');
    expect(judge([rule], [said(1, [])], said(2, ['a', 'b', 'c']))).toEqual({ rule, retryAt: 1 + WINDOW_MS });
  });
});

test('the first rule that is broken decides', () => {
  const [first, second] = [limit('links', 1), limit('posts', 1)];
  const past = [post(1, { links: 1 })];
  expect(judge([first, second], past, post(2, { links: 1 }))).toMatchObject({ rule: first });
  expect(judge([second, first], past, post(2, { links: 1 }))).toMatchObject({ rule: second });
});

test('a repetition is told by its key, whatever else there is against it', () => {
  const past = [post(1, { key: 'k' })];
  expect(judge([limit('posts', 1)], past, post(2, { key: 'k' }))).toBe('repeated');
  expect(judge([limit('posts', 1)], past, post(2, { key: 'l' }))).toMatchObject({ retryAt: 1 + WINDOW_MS });
  expect(judge([limit('posts', 1)], [post(1)], post(2))).toMatchObject({ retryAt: 1 + WINDOW_MS });
});
