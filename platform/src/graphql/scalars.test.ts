import { GraphQLError, Kind } from 'graphql';
import { describe, expect, test } from 'vitest';
import { DateTime, URL } from './scalars.ts';

const codeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as GraphQLError).extensions.code;
  }
};

describe('A DateTime', () => {
  test.each([
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31t12:00:00.5z', '2026-01-31T12:00:00.500Z'],
    ['2026-01-31T12:00:00.123456789+05:30', '2026-01-31T06:30:00.123Z'],
    ['2024-02-29T23:59:59-23:59', '2024-03-01T23:58:59.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ['0000-01-01T01:00:00+01:00', '0000-01-01T00:00:00.000Z'],
  ])('is read from %s', (text, expected) => {
    expect((DateTime.parseValue(text) as Date).toISOString()).toBe(expected);
    expect((DateTime.parseLiteral({ kind: Kind.STRING, value: text }, {}) as Date).toISOString()).toBe(expected);
  });

  test.each([
    '',
    '2026-01-31',
    '2026-01-31 12:00:00Z',
    '2026-01-31T12:00:00',
    '2026-01-31T12:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-31T25:00:00Z',
    '2026-01-31T24:00:00Z',
    '2026-02-29T12:00:00Z',
    '2026-04-31T12:00:00Z',
    '9999-12-31T23:59:59-00:01',
    '0000-01-01T00:00:00+00:01',
    '2026-01-31T12:00:00.Z',
    '12026-01-31T12:00:00Z',
    ' 2026-01-31T12:00:00Z',
    '2026-01-31T12:00:00Z\n',
    1_769_860_800_000,
    true,
    null,
    ['2026-01-31T12:00:00Z'],
  ])('is not read from %j', (value) => {
    expect(codeOf(() => DateTime.parseValue(value))).toBe('BAD_USER_INPUT');
  });

  test('is not a number in a document either', () => {
    expect(codeOf(() => DateTime.parseLiteral({ kind: Kind.INT, value: '1' }, {}))).toBe('BAD_USER_INPUT');
  });

  test('is written in UTC with milliseconds, from a date, milliseconds or text', () => {
    const date = new Date(Date.UTC(2026, 0, 31, 12));
    for (const value of [date, date.getTime(), '2026-01-31T13:00:00+01:00']) {
      expect(DateTime.serialize(value)).toBe('2026-01-31T12:00:00.000Z');
    }
  });

  test('that is none fails to be written instead of becoming something else', () => {
    expect(() => DateTime.serialize(new Date(Number.NaN))).toThrow(RangeError);
  });
});

describe('A URL', () => {
  test.each([
    'http://example.org',
    'https://example.org/a?b=c#d',
    'HTTPS://EXAMPLE.org:8443/',
    'https://bücher.example/ä',
    `https://example.org/${'a'.repeat(2_048 - 20)}`,
  ])('is kept as it was written: %s', (text) => {
    expect(URL.parseValue(text)).toBe(text);
    expect(URL.parseLiteral({ kind: Kind.STRING, value: text }, {})).toBe(text);
    expect(URL.serialize(text)).toBe(text);
  });

  test.each([
    '',
    'example.org',
    '//example.org',
    'ftp://example.org',
    'javascript:alert(1)',
    'https://',
    'https://exa mple.org',
    'https://example.org/\n',
    'https://example.org/\u0000',
    ' https://example.org',
    `https://example.org/${'a'.repeat(2_048 - 19)}`,
    42,
    null,
  ])('is not %j', (value) => {
    expect(codeOf(() => URL.parseValue(value))).toBe('BAD_USER_INPUT');
  });

  test('is not a number in a document', () => {
    expect(() => URL.parseLiteral({ kind: Kind.INT, value: '1' }, {})).toThrow(GraphQLError);
  });
});
