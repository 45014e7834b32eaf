import fc from 'fast-check';
import { GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor.ts';

function refusal(cursor: string, list = 'home:1'): GraphQLError {
  try {
    decodeCursor(list, 'after', cursor);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
  throw new Error(`${cursor} was taken for a cursor`);
}

const id = fc.bigInt({ min: 1n, max: (1n << 63n) - 1n }).map(String);

describe('A cursor', () => {
  test('leads back to its position in its list', () => {
    fc.assert(
      fc.property(fc.string(), id, (list, position) => {
        expect(decodeCursor(list, 'after', encodeCursor(list, position))).toEqual([position]);
      }),
    );
  });

  test('may have a position of several parts, when the list says so', () => {
    const cursor = encodeCursor('likes:1', '1700000000000', '42');
    const two = (parts: string[]) => parts.length === 2 && parts.every((part) => /^\d+$/.test(part));
    expect(decodeCursor('likes:1', 'after', cursor, two)).toEqual(['1700000000000', '42']);
    expect(() => decodeCursor('likes:1', 'after', cursor)).toThrow('no cursor of this list');
  });

  test('shows nothing of its position at a glance, and needs no escaping in an address', () => {
    const cursor = encodeCursor('home:1', '123456789');
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(cursor).not.toContain('123456789');
  });

  test('of another list is refused', () => {
    const cursor = encodeCursor('home:1', '42');
    for (const list of ['home:2', 'home:11', 'profile:1', '']) {
      expect(refusal(cursor, list).extensions).toEqual({ code: 'BAD_USER_INPUT', argument: 'after' });
    }
  });

  test('with any one character changed is refused', () => {
    const cursor = encodeCursor('home:1', '1234567890123456789');
    fc.assert(
      fc.property(fc.nat({ max: cursor.length - 1 }), fc.constantFrom(...'ABCabc019-_'), (at, character) => {
        const changed = cursor.slice(0, at) + character + cursor.slice(at + 1);
        // The last character's spare bits say nothing: another spelling of the very same bytes.
        fc.pre(!Buffer.from(changed, 'base64url').equals(Buffer.from(cursor, 'base64url')));
        expect(refusal(changed).extensions.argument).toBe('after');
      }),
    );
  });

  test.each([
    ['nothing', ''],
    ['an id', '42'],
    ['text with spaces', 'not a cursor'],
    ['padding', `${encodeCursor('home:1', '42')}=`],
    ['something endless', 'A'.repeat(100_000)],
    ['a cursor cut short', encodeCursor('home:1', '42').slice(0, -2)],
    ['a sealed position that is none', encodeCursor('home:1', '0')],
    ['a sealed position of two parts', encodeCursor('home:1', '1', '2')],
    ['a sealed empty position', encodeCursor('home:1', '')],
  ])('is not %s', (_, cursor) => {
    expect(refusal(cursor).extensions.code).toBe('BAD_USER_INPUT');
  });

  test('names the argument that it stood in', () => {
    expect(() => decodeCursor('home:1', 'before', 'x')).toThrow(
      expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', argument: 'before' } }),
    );
  });
});
