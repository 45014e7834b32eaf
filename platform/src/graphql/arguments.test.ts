import { describe, expect, test } from 'vitest';
import { isCleanText, parseId } from './arguments.ts';
import { requireViewer } from './errors.ts';
import { done, refused, userError } from './user-errors.ts';

describe('An id argument', () => {
  test('is answered as it was sent', () => {
    expect(parseId('id', '9223372036854775807')).toBe('9223372036854775807');
  });

  test.each(['', '0', '-1', '1.5', 'abc', '01', '9223372036854775808'])('is refused, by name, when it is %j', (id) => {
    expect(() => parseId('input.tweetId', id)).toThrow(
      expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', argument: 'input.tweetId' } }),
    );
  });
});

describe('Clean text', () => {
  test.each(['', 'hello', 'two\nlines', 'é 漢字 👩‍👩‍👧 \u200f', '\ufeff', '\u2028', '\ud83d\ude00'])(
    'is %j',
    (text) => {
      expect(isCleanText(text)).toBe(true);
    },
  );

  test.each([
    '\u0000',
    'tab\there',
    'carriage\rreturn',
    '\u000b',
    '\u001b[31m',
    '\u007f',
    '\u0085',
    '\u009f',
    'half \ud83d',
    '\ude00 half',
    '\ude00\ud83d',
  ])('is not %j', (text) => {
    expect(isCleanText(text)).toBe(false);
  });
});

describe('The viewer', () => {
  const viewer = { userId: '1', sessionId: '2', role: 'USER' } as const;

  test('is there when logged in, and an error that says so when not', () => {
    expect(requireViewer({ viewer })).toBe(viewer);
    expect(() => requireViewer({ viewer: null })).toThrow(
      expect.objectContaining({ extensions: { code: 'UNAUTHENTICATED' } }),
    );
  });
});

describe('The outcome of a command', () => {
  test('is its value, or what the person can mend and where', () => {
    expect(done(1)).toEqual({ ok: true, value: 1 });
    expect(refused(userError('BLANK', 'Write something.', 'text'), userError('SELF', 'That is you.'))).toEqual({
      ok: false,
      userErrors: [
        { code: 'BLANK', message: 'Write something.', field: ['input', 'text'] },
        { code: 'SELF', message: 'That is you.', field: null },
      ],
    });
  });
});
