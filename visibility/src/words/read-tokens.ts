import { fold } from './fold.ts';

/** A word of a text, or a sign that is a word of its own. Texts and phrases are read by the same function. */
export interface Token {
  readonly kind: 'word' | 'mention';
  readonly text: string;
}

/** A text in the order in which it is read: words as such, and whole tags together with the words in them. */
export interface Tag {
  readonly kind: 'tag';
  readonly sign: '#' | '$';
  readonly text: string;
  readonly words: readonly Token[];
}

// Scripts that are written without spaces: there a word is one letter with its marks, and a run of them a phrase.
const UNSPACED =
  '(?=[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}])' +
  '[\\p{L}\\p{Nl}]\\p{M}*';
const SPACED = `(?:(?!${UNSPACED})[\\p{L}\\p{N}_]\\p{M}*)+`;
const EMOJI =
  '\\p{Regional_Indicator}{2}|\\p{Extended_Pictographic}\\p{M}*(?:\\u200d\\p{Extended_Pictographic}\\p{M}*)*';
// Each alternative begins with what no other begins with, and none can be matched in two ways: time grows with the text.
const TOKENS = new RegExp(`(?<unspaced>${UNSPACED})|(?<spaced>${SPACED})|(?<emoji>${EMOJI})|(?<sign>[#$@])`, 'gu');

const IS_USERNAME = /^[a-z0-9_]+$/;

interface Run {
  readonly sign: string;
  /** Where the run began, its sign not counted, and where it ends so far. */
  readonly start: number;
  end: number;
  readonly words: string[];
}

/** Letters, marks and digits that stand together with nothing between them, of whatever scripts, and the sign before them. */
function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  let sign = '';
  let signEnd = -1;
  for (const { 0: found, index, groups } of text.matchAll(TOKENS)) {
    const run = runs.at(-1);
    const follows = run !== undefined && run.end === index;
    const end = index + found.length;
    if (groups?.sign !== undefined) {
      // In `a@b` and `a#b` it is no sign.
      sign = follows ? '' : found;
      signEnd = end;
    } else if (groups?.emoji !== undefined) {
      runs.push({ sign: '', start: index, end: -1, words: [found] });
    } else if (follows) {
      run.end = end;
      run.words.push(found);
    } else {
      runs.push({ sign: signEnd === index ? sign : '', start: index, end, words: [found] });
    }
  }
  return runs;
}

/** Underscores belong to names; around a word they are emphasis. */
function withoutEmphasis(word: string): string {
  let [start, end] = [0, word.length];
  while (word[start] === '_') start++;
  while (end > start && word[end - 1] === '_') end--;
  return word.slice(start, end);
}

const wordsIn = (run: Pick<Run, 'words'>): Token[] =>
  run.words
    .map(withoutEmphasis)
    .filter((word) => word !== '')
    .map((text) => ({ kind: 'word', text }));

/** What a text says, in its order. It holds nothing but words: no spaces, no punctuation. */
export function readTokens(text: string): (Token | Tag)[] {
  const folded = fold(text);
  return runsOf(folded).flatMap((run): (Token | Tag)[] => {
    const [first = '', ...rest] = run.words;
    if (run.sign === '@' && IS_USERNAME.test(first)) {
      return [{ kind: 'mention', text: first }, ...wordsIn({ words: rest })];
    }
    const words = wordsIn(run);
    if ((run.sign !== '#' && run.sign !== '$') || words.length === 0) return words;
    return [{ kind: 'tag', sign: run.sign, text: folded.slice(run.start, run.end), words }];
  });
}
