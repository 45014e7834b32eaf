import type { DemoPerson, Language } from './people.ts';
import type { Random } from './random.ts';
import { english } from './words/english.ts';
import { french } from './words/french.ts';
import { german } from './words/german.ts';
import { italian } from './words/italian.ts';
import { japanese } from './words/japanese.ts';
import type { LanguagePhrases, TopicPhrases } from './words/phrases.ts';
import { portuguese } from './words/portuguese.ts';
import { spanish } from './words/spanish.ts';

const PHRASES: Readonly<Record<Language, LanguagePhrases>> = {
  en: english,
  de: german,
  es: spanish,
  fr: french,
  pt: portuguese,
  it: italian,
  ja: japanese,
};

/** Tries for something that nobody has said yet; in a small vocabulary people do repeat themselves. */
const TRIES = 12;

function fill(random: Random, { sentences, gaps }: TopicPhrases): string {
  const text = random.pick(sentences).replace(/(^|[.!?] )?\{(\w+)\}/g, (_, start: string | undefined, name: string) => {
    const words = gaps[name];
    if (!words) throw new Error(`Nothing fills the gap ${name}.`);
    const word = random.pick(words);
    return start === undefined ? word : `${start}${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  });
  // Spanish draws the two words together.
  return text.replace(/ (a|de) el /g, ' $1l ');
}

function talk(random: Random, { language, topics }: DemoPerson): string {
  const phrases = PHRASES[language].topics;
  // The dearest topic comes up most.
  const name = random.chance(0.6) ? topics[0] : random.pick(topics);
  const topic = phrases[name ?? ''];
  if (!topic) throw new Error(`Nobody knows how to talk about ${name} in ${language}.`);
  return fill(random, topic);
}

function write(random: Random, person: DemoPerson, kind: 'original' | 'reply' | 'quote'): string {
  const { replies, quotes } = PHRASES[person.language];
  if (kind === 'quote') return random.pick(quotes);
  if (kind === 'original') return talk(random, person);
  const reply = random.pick(replies);
  const more = random.chance(0.2) ? random.pick(replies) : reply;
  return more === reply ? reply : `${reply}${person.language === 'ja' ? '' : ' '}${more}`;
}

/** What a person says: something new where possible. */
export function writeText(
  random: Random,
  person: DemoPerson,
  kind: 'original' | 'reply' | 'quote',
  written: Set<string>,
): string {
  let text = write(random, person, kind);
  if (kind === 'original') {
    for (let tries = 1; written.has(text) && tries < TRIES; tries += 1) text = write(random, person, kind);
    written.add(text);
  }
  return text;
}
