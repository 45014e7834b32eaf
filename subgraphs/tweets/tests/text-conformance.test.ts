import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import twitterText from 'twitter-text';
import { describe, expect, test } from 'vitest';
import type { TweetEntities } from '../src/text/entities.ts';
import { parseTweetText } from '../src/text/parse-tweet-text.ts';

/** twitter-text's own vectors: they are kept beside the project, not in it. */
const folder = join(import.meta.dirname, '../../../../shared/data/text-conformance/conformance');
const isHere = existsSync(folder);

interface Vector<Expected> {
  readonly description: string;
  readonly text: string;
  readonly expected: Expected;
}

interface Weight {
  readonly weightedLength: number;
  readonly valid: boolean;
}

function vectors<Expected>(file: string, suite: string): Vector<Expected>[] {
  const { tests } = load(readFileSync(join(folder, file), 'utf8')) as { tests: Record<string, Vector<Expected>[]> };
  return tests[suite] ?? [];
}

/** Our addresses are absolute; the vectors have them as they are written. */
const written = (url: string, text: string) => (text.includes(url) ? url : url.slice('https://'.length));

/** How our entities read in the words of each suite. */
const suites: Record<string, (entities: TweetEntities, text: string) => unknown> = {
  mentions: ({ mentions }) => mentions.map(({ username }) => username),
  mentions_with_indices: ({ mentions }) =>
    mentions.map(({ username, start, end }) => ({ screen_name: username, indices: [start, end] })),
  urls: ({ urls }, text) => urls.map(({ url }) => written(url, text)),
  urls_with_indices: ({ urls }, text) =>
    urls.map(({ url, start, end }) => ({ url: written(url, text), indices: [start, end] })),
  urls_with_directional_markers: ({ urls }, text) =>
    urls.map(({ url, start, end }) => ({ url: written(url, text), indices: [start, end] })),
  tco_urls_with_params: ({ urls }, text) => urls.map(({ url }) => written(url, text)),
  hashtags: ({ hashtags }) => hashtags.map(({ tag }) => tag),
  hashtags_from_astral: ({ hashtags }) => hashtags.map(({ tag }) => tag),
  hashtags_with_indices: ({ hashtags }) =>
    hashtags.map(({ tag, start, end }) => ({ hashtag: tag, indices: [start, end] })),
  cashtags: ({ cashtags }) => cashtags.map(({ symbol }) => symbol),
  cashtags_with_indices: ({ cashtags }) =>
    cashtags.map(({ symbol, start, end }) => ({ cashtag: symbol, indices: [start, end] })),
};

if (isHere) {
  for (const [suite, read] of Object.entries(suites)) {
    describe(`entities as in ${suite}`, () => {
      test.each(vectors('extract.yml', suite))('$description', ({ text, expected }) => {
        const { entities } = parseTweetText(text, { maxWeightedLength: 1_000 });
        expect(read(entities, text)).toEqual(expected);
      });
    });
  }

  for (const suite of ['WeightedTweetsWithDiscountedEmojiCounterTest', 'UnicodeDirectionalMarkerCounterTest']) {
    describe(`weight as in ${suite}`, () => {
      test.each(vectors<Weight>('validate.yml', suite))('$description', ({ text, expected }) => {
        const { weightedLength, error } = parseTweetText(text);
        expect(error === undefined).toBe(expected.valid);
        // What is far too long or cannot be stored is refused before it is weighed.
        if (weightedLength > 0 || expected.valid) expect(weightedLength).toBe(expected.weightedLength);
      });
    });
  }

  describe('weight by the second configuration, in which an emoji weighs what its code points do', () => {
    test.each(vectors<Weight>('validate.yml', 'WeightedTweetsCounterTest'))('$description', ({ text, expected }) => {
      const { weightedLength, valid } = twitterText.parseTweet(text, twitterText.configs.version2);
      expect({ weightedLength, valid }).toEqual({ weightedLength: expected.weightedLength, valid: expected.valid });
    });
  });
} else {
  process.stdout.write(`The conformance vectors of twitter-text are left out: there is no ${folder}.\n`);
}

test('the vectors are here wherever the whole suite has to run', () => {
  expect(isHere || process.env.CI !== 'true').toBe(true);
});
