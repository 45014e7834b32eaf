import { expect, test } from 'vitest';
import { parseTweetText } from '../text/parse-tweet-text.ts';
import { saidBy } from './same-text.ts';

const said = (text: string) => saidBy(text, parseTweetText(text).entities);

test.each([
  ['case', 'buy my followers now'],
  ['white space', 'Buy  my\nfollowers   NOW'],
  ['signs and emoji', 'Buy my followers, now!!! 🎉'],
  ['a mention', '@ada Buy my followers now'],
  ['another link', 'Buy my followers now https://example.com/17'],
  ['letters of full width', 'Ｂｕｙ my followers now'],
])('%s make no other text', (_what, text) => {
  expect(said(text)).toBe(said('Buy my followers now'));
  expect(said(text)).not.toBe('');
});

test('another word, or another number, makes another text', () => {
  const texts = [
    'Buy my followers now',
    'Buy my followers today',
    'Room 17 is free this evening',
    'Room 18 is free this evening',
  ];
  expect(new Set(texts.map(said)).size).toBe(texts.length);
});

test.each([
  'yes',
  'Thanks a lot!',
  'Good morning',
  '😂😂😂😂😂😂😂😂😂😂',
  '@ada @bob https://example.com',
  '你好',
  'ขอบคุณ',
])('what says as little as %s is no text to repeat', (text) => {
  expect(said(text)).toBe('');
});

test('letters that stand for syllables or words say as much as two of an alphabet', () => {
  expect(said('今天的天气真的好')).not.toBe('');
});
