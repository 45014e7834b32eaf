import { expect, test } from 'vitest';
import { type Facts, hiding, NOTHING_HIDES, obstacle, type Surface } from './rules.ts';

const SURFACES: readonly Surface[] = [
  'lookUp',
  'keptPlace',
  'answers',
  'home',
  'profile',
  'list',
  'engaged',
  'circle',
  'notification',
  'notifiedFollow',
  'ownTweets',
  'ownCircle',
];

/** What the documentation says, line for line. */
const HIDDEN: Record<keyof Facts, { from: readonly Surface[]; as: string }> = {
  isDeleted: { from: SURFACES, as: 'DELETED' },
  isBlocked: { from: SURFACES.filter((surface) => surface !== 'ownCircle'), as: 'BLOCKED' },
  isShutOut: {
    from: SURFACES.filter((surface) => surface !== 'circle' && surface !== 'notifiedFollow'),
    as: 'AUTHOR_PROTECTED',
  },
  isMuted: { from: ['answers', 'home', 'notification', 'notifiedFollow'], as: 'MUTED' },
  areRetweetsMuted: { from: ['home', 'notification'], as: 'RETWEETS_MUTED' },
  saysMuted: { from: ['answers', 'home', 'notification'], as: 'WORD_MUTED' },
};
const facts = Object.keys(HIDDEN) as (keyof Facts)[];
const cases = facts.flatMap((fact) => SURFACES.map((surface) => [fact, surface] as const));

test.each(cases)('%s and %s', (fact, surface) => {
  const { from, as } = HIDDEN[fact];
  const isHidden = from.includes(surface);
  expect(obstacle(surface, { ...NOTHING_HIDES, [fact]: true })).toBe(isHidden ? as : undefined);
  expect(hiding(surface).includes(fact)).toBe(isHidden);
});

test.each(SURFACES)('nothing hides from %s when there is nothing', (surface) => {
  expect(obstacle(surface, NOTHING_HIDES)).toBeUndefined();
});

test('of several rules the first is told', () => {
  const all = Object.fromEntries(facts.map((fact) => [fact, true])) as unknown as Facts;
  expect(obstacle('keptPlace', all)).toBe('DELETED');
  expect(obstacle('keptPlace', { ...all, isDeleted: false })).toBe('BLOCKED');
  expect(obstacle('keptPlace', { ...all, isDeleted: false, isBlocked: false })).toBe('AUTHOR_PROTECTED');
});
