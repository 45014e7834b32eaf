import type { FetchDataRewrite } from '@apollo/query-planner';
import { expect, it } from 'vitest';
import { compileRewrites } from './rewrites.ts';

const rename: FetchDataRewrite = {
  kind: 'KeyRenamer',
  path: ['things', '... on Thing', 'size__alias_0'],
  renameKeyTo: 'size',
};
const rewrite = compileRewrites([rename], (typeName) => (typename) => typename === typeName);

it.each([7, 0, '', false, null, []])('a field that was fetched under another name gets its own: %j', (value) => {
  const answer = { things: [{ __typename: 'Thing', size__alias_0: value }] };
  rewrite?.(answer);
  expect(answer).toEqual({ things: [{ __typename: 'Thing', size: value }] });
});

it('what has no field of the name, or is of another type, stays as it is', () => {
  const things = [{ __typename: 'Thing', size: 7 }, { __typename: 'Other', size__alias_0: 8 }, null, 7];
  const answer = { things: structuredClone(things) };
  rewrite?.(answer);
  expect(answer).toEqual({ things });
});
