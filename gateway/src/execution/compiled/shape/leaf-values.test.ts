import { DateTime, URL } from '@starling/platform/graphql';
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  GraphQLScalarType,
  GraphQLString,
} from 'graphql';
import { expect, it } from 'vitest';
import { leafCheck } from './leaf-values.ts';

const Colour = new GraphQLEnumType({ name: 'Colour', values: { RED: {}, BLUE: {} } });
const NEVER = [{}, [], ['RED'], undefined, Number.NaN, Number.POSITIVE_INFINITY];

it.each<[GraphQLLeafType, readonly unknown[], readonly unknown[]]>([
  [GraphQLInt, [0, -0, 7, -7, 2 ** 31 - 1, -(2 ** 31)], [2 ** 31, -(2 ** 31) - 1, 2 ** 40, 0.5, 1e300, '7', true]],
  [GraphQLFloat, [0, 7, -0.5, 2 ** 40, 1e300], ['0.5', true]],
  [GraphQLString, ['', 'text', '\ud800'], [7, true]],
  [GraphQLID, ['', '7', 'text'], [7, 0.5, true]],
  [GraphQLBoolean, [true, false], [0, 1, 'true']],
  [Colour, ['RED', 'BLUE'], ['GREEN', 'red', 'constructor', 0, true]],
  [DateTime, ['2026-01-31T12:00:00.000Z'], [1_700_000_000_000, true]],
  [URL, ['https://example.org/'], [7, false]],
])('%s', (type, valid, invalid) => {
  const isValid = leafCheck(type);
  for (const value of valid) expect([value, isValid(value)]).toEqual([value, true]);
  for (const value of [...invalid, ...NEVER]) expect([value, isValid(value)]).toEqual([value, false]);
});

it('of scalars that are not ours, anything may be a value', () => {
  const isValid = leafCheck(new GraphQLScalarType({ name: 'Json' }));
  for (const value of [7, 'text', true, {}, []]) expect(isValid(value)).toBe(true);
});
