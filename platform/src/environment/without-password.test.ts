import { expect, test } from 'vitest';
import { withoutPassword } from './without-password.ts';

test.each([
  ['postgres://me:known-to-few@db:5432/starling', 'postgres://me@db:5432/starling'],
  ['postgres://db/starling?user=me&password=known-to-few', 'postgres://db/starling?user=me'],
  ['redis://:known-to-few@host:6379/3', 'redis://host:6379/3'],
  ['postgres://me@db/starling', 'postgres://me@db/starling'],
])('%s is shown without its password', (url, shown) => {
  expect(withoutPassword(url)).toBe(shown);
});
