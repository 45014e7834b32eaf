import { expect, test } from 'vitest';
import { NO_RELATION, obstacle, type Place } from './rules.ts';

const places: readonly Place[] = ['lookUp', 'keptPlace', 'answers', 'list', 'people'];

test.each(places)('nothing hides from %s when there is no relation', (place) => {
  expect(obstacle(place, NO_RELATION)).toBeUndefined();
});

test.each(places)('a block in either direction hides from %s', (place) => {
  expect(obstacle(place, { ...NO_RELATION, isBlocking: true })).toBe('BLOCKED');
  expect(obstacle(place, { ...NO_RELATION, isBlockedBy: true, isMuting: true })).toBe('BLOCKED');
});

test.each(places)('a protected account hides from %s whom it shuts out; a block is told first', (place) => {
  expect(obstacle(place, { ...NO_RELATION, isShutOut: true, isMuting: true })).toBe('AUTHOR_PROTECTED');
  expect(obstacle(place, { ...NO_RELATION, isShutOut: true, isBlocking: true })).toBe('BLOCKED');
});

test.each(places)('of all places a mute hides from answers alone: %s', (place) => {
  expect(obstacle(place, { ...NO_RELATION, isMuting: true })).toBe(place === 'answers' ? 'MUTED' : undefined);
});
