import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { phraseOf, says, wordsOf } from './words.ts';

const isSaid = (phrase: string, text: string) => says(wordsOf(text), phraseOf(phrase));

describe('a phrase is found', () => {
  test.each([
    // Words, whatever stands around them.
    ['spoiler', 'A spoiler.'],
    ['spoiler', '“spoiler”—no!'],
    ['spoiler', 'spoiler-free, they said'],
    ["spoiler's", 'The spoiler’s end'],
    ['amour', "l'amour"],
    ['spoiler', '_spoiler_'],
    ['snake_case', 'in snake_case'],
    ['2024', 'Since 2024!'],
    ['example.com', 'see https://www.example.com/page'],
    // Case and Unicode form.
    ['SPOILER', 'spoiler'],
    ['straße', 'STRASSE'],
    ['ΟΔΌΣ', 'οδός'],
    ['istanbul', 'İSTANBUL'],
    ['caf\u00e9', 'CAFE\u0301'],
    ['spoiler', 'ｓｐｏｉｌｅｒ'],
    ['ﬁn', 'fin'],
    ['spoiler', 'spo\u00adiler'],
    ['новость', 'Новость дня'],
    ['می‌خواهم', 'من می‌خواهم بروم'],
    ['हिन्दी', 'यह हिन्दी है'],
    // Phrases.
    ['season two', 'The end of SEASON  two!'],
    ['season two', 'season-two'],
    ['season two', 'about #season two'],
    // Tags: a word is found in a tag, a tag as a tag.
    ['spoiler', 'no #Spoiler please'],
    ['#spoiler', 'no #SPOILER!'],
    ['＃spoiler', '#spoiler'],
    ['#spoiler alert', 'a #spoiler alert'],
    ['$abc', 'buy $ABC now'],
    ['abc', 'buy $ABC now'],
    ['#東京2024', '見た #東京2024'],
    ['東京', '見た #東京2024'],
    // Mentions.
    ['@bob', 'thanks @Bob!'],
    ['thanks @bob', 'Thanks, @bob_: no, @x; thanks @bob'],
    // Emoji, in whatever colour.
    ['🐦', 'look🐦here'],
    ['👍', 'fine 👍🏽'],
    ['❤️', '❤'],
    ['👩‍👩‍👧', 'we are 👩🏽‍👩‍👧!'],
    ['🇫🇷', 'vive la 🇫🇷'],
    // Scripts without spaces: anywhere, but whole letters.
    ['東京', '明日東京に行く'],
    ['ネタバレ', 'これはネタバレです'],
    ['ﾈﾀﾊﾞﾚ', 'ネタバレ'],
    ['ＰＳ５', '新しいPS5発売'],
    ['ข่าวดี', 'วันนี้ข่าวดีมาก'],
    ['ຂ່າວ', 'ມີຂ່າວດີ'],
    ['ព័ត៌មាន', 'នេះជាព័ត៌មានថ្មី'],
    ['သတင်း', 'ဒီသတင်းကောင်း'],
  ])('%s in %s', (phrase, text) => {
    expect(isSaid(phrase, text)).toBe(true);
  });
});

describe('a phrase is not found', () => {
  test.each([
    // In a part of a word.
    ['spoil', 'spoiler'],
    ['art', 'party'],
    ['вость', 'новость'],
    ['case', 'snake_case'],
    ['caf', 'cafe\u0301'],
    // In other places than next to each other, and in another order.
    ['season two', 'two season'],
    ['season two', 'season number two'],
    // A sign says that nothing else is meant.
    ['#spoiler', 'a spoiler'],
    ['#spoiler', '#spoilers'],
    ['#spoiler', 'a#spoiler'],
    ['@bob', 'bob'],
    ['bob', '@bob'],
    ['@bob', '@bobby and me@bob.example'],
    ['#東京', '#東京2024'],
    // Where letters have marks, with the marks.
    ['ข', 'ข่าว'],
    ['京東', '東京'],
    ['🐦', '🐧'],
    ['👩', '👩‍👧'],
    // Nothing says nothing.
    ['', 'anything'],
    ['?!', 'what?!'],
    ['#', '# one'],
  ])('%s in %s', (phrase, text) => {
    expect(isSaid(phrase, text)).toBe(false);
  });
});

const word = fc.constantFrom('a', 'b', 'day', 'ß', '東', '京', '🐦', '#day', '#東京', '@bob', '$a');

test('what is said is said also with anything around it, and each word of it alone', () => {
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 6 }),
      fc.array(word),
      fc.array(word),
      (phrase, before, after) => {
        const text = [...before, ...phrase, ...after].join(' ');
        expect(isSaid(phrase.join(' '), text)).toBe(true);
        for (const one of phrase) expect(isSaid(one, text)).toBe(true);
      },
    ),
  );
});

test('a phrase of plain words is found exactly where a list of words has it', () => {
  const plain = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });
  fc.assert(
    fc.property(plain, plain, (phrase, text) => {
      const expected = phrase.length > 0 && ` ${text.join(' ')} `.includes(` ${phrase.join(' ')} `);
      expect(isSaid(phrase.join(' '), text.join(' '))).toBe(expected);
    }),
  );
});

test('any text can be read, in whatever form it is written, and holds itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const phrase = phraseOf(text);
      expect(wordsOf(text)).toMatch(/^([.@][\w-]{6})*( ([.@#$][\w-]{6})+)?$/);
      if (phrase !== '') expect(says(wordsOf(text.normalize('NFD')), phrase)).toBe(true);
    }),
  );
});

test('time and result grow with the length of a text, and no more: with its square, this would take hours', () => {
  const hostile = ['_', 'a_', '#', '\u200d', '\u0301', '👩\u200d', 'ก็', '@#', '\ufdfa', 'a\u0301'];
  const most = wordsOf('\ufdfa').length;
  for (const piece of hostile) expect(wordsOf(piece.repeat(100_000)).length).toBeLessThanOrEqual(most * 100_000);
});
