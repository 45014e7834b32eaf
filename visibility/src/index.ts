export { type Facts, hiding, NOTHING_HIDES, obstacle, type Rule, type Surface } from './rules.ts';
export { mutesWords, saysMutedWord } from './words/muted-word-sql.ts';
export { phraseOf, wordsOf } from './words/words.ts';
