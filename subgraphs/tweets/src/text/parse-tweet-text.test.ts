import { expect, test } from 'vitest';
import { MAX_TEXT_UNITS, parseTweetText } from './parse-tweet-text.ts';

test.each([
  ['nothing', ''],
  ['white space', ' \n\u3000 '],
  ['characters that nobody sees', '\u200b\u2060\u00ad\u3164\u{e0041}'],
])('%s is blank', (_what, text) => {
  expect(parseTweetText(text)).toMatchObject({ error: 'BLANK', weightedLength: 0 });
});

test.each([
  ['a null', 'a\u0000b'],
  ['a tab', 'a\tb'],
  ['a carriage return', 'a\r\nb'],
  ['a C1 control', 'a\u0085b'],
  ['half of a surrogate pair', 'a\ud83db'],
  ['a byte order mark', '\ufeffa'],
  ['a noncharacter', 'a\uffffb'],
])('%s is invalid', (_what, text) => {
  expect(parseTweetText(text).error).toBe('INVALID');
});

test('280 weighted characters are a tweet, 281 are none', () => {
  expect(parseTweetText('a'.repeat(280))).toMatchObject({ weightedLength: 280 });
  expect(parseTweetText('a'.repeat(280)).error).toBeUndefined();
  expect(parseTweetText('a'.repeat(281))).toMatchObject({ weightedLength: 281, error: 'TOO_LONG' });
  expect(parseTweetText('語'.repeat(140)).error).toBeUndefined();
  expect(parseTweetText('語'.repeat(141)).error).toBe('TOO_LONG');
});

test('the limit can be another', () => {
  expect(parseTweetText('a'.repeat(141), { maxWeightedLength: 140 }).error).toBe('TOO_LONG');
  expect(parseTweetText('a'.repeat(140), { maxWeightedLength: 140 }).error).toBeUndefined();
});

test('an emoji weighs 2 whatever it is made of, and a link 23 whatever its length', () => {
  expect(parseTweetText('👨‍👩‍👧‍👦'.repeat(140)).weightedLength).toBe(280);
  expect(parseTweetText(`https://example.com/${'a'.repeat(1_000)}`).weightedLength).toBe(23);
});

test('letters weigh as if composed, and stay as they were written', () => {
  const decomposed = 'e\u0301'.repeat(280);
  expect(parseTweetText(decomposed)).toMatchObject({ weightedLength: 280, text: decomposed });
});

test('a text that no weight bounds is refused by its length alone', () => {
  const parsed = parseTweetText(`${'a.の'.repeat(MAX_TEXT_UNITS / 3)}a`);
  expect(parsed).toMatchObject({ error: 'TOO_LONG', weightedLength: 0 });
});

test('entities count code points, and none overlaps another', () => {
  const { entities } = parseTweetText('😀 @Bob/list, #été $TWTR example.com/x#y');
  expect(entities).toEqual({
    mentions: [{ username: 'Bob', userId: null, start: 2, end: 6 }],
    hashtags: [{ tag: 'été', start: 13, end: 17 }],
    cashtags: [{ symbol: 'TWTR', start: 18, end: 23 }],
    urls: [{ url: 'https://example.com/x#y', start: 24, end: 39 }],
  });
});

test('an address that a URL cannot hold is text and no link', () => {
  expect(parseTweetText(`https://example.com/${'a'.repeat(2_100)}`).entities.urls).toEqual([]);
});
