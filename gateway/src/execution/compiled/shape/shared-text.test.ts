import { SHARED_PART, SharedAnswer } from '@starling/platform/subgraph-server';
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { Absences } from '../absences.ts';
import { readerOf } from '../own.ts';
import type { Dictionary } from '../run.ts';
import { asText, type WriteField, type WriteObject } from './outputs.ts';
import { malformed, nothingHere, type ShapeRun } from './shape-run.ts';
import { textOfShared } from './shared-text.ts';

/** Fields that tell how often they were written. */
function counted() {
  const written: string[] = [];
  const field = (name: string, dependsOn: WriteField<string>['dependsOn'], of?: WriteObject<string>) => {
    const read = readerOf(name);
    return {
      name,
      answered: name,
      dependsOn,
      complete(from: Dictionary, run: ShapeRun) {
        written.push(name);
        const value = read(from);
        return of && value ? of(value as Dictionary, run) : asText.leaf(value ?? null);
      },
    };
  };
  const author = textOfShared([field('username', 'property'), field('isFollowed', 'property')].slice(0, 1));
  const authorOfViewer = textOfShared([field('username', 'property'), field('isFollowed', 'property')]);
  const typename: WriteField<string> = {
    name: '__typename',
    answered: '__typename',
    dependsOn: 'nothing',
    complete: () => '"Tweet"',
  };
  const tweetBy = (of: WriteObject<string>) =>
    textOfShared([typename, field('text', 'property'), field('author', 'more', of)]);
  const [id, username, words] = [field('id', 'property'), field('username', 'property'), field('text', 'property')];
  const keyed = textOfShared([id, words, field('author', 'more', textOfShared([id, username]))]);
  return { written, keyed, tweet: tweetBy(author), tweetOfViewer: tweetBy(authorOfViewer) };
}

const run = (errors: GraphQLError[] = []): ShapeRun => {
  return { variables: {}, errors, path: ['thing'], faults: 0, data: {}, absences: new Absences() };
};
const ada = new SharedAnswer({ username: 'ada' });
const text = new SharedAnswer({ text: 'Hello' });
const tweetBy = (author: SharedAnswer | undefined, own: object = {}): Dictionary => ({
  author: author ? { [SHARED_PART]: author, ...own } : null,
  [SHARED_PART]: text,
});

describe('the text of a thing that everybody gets, with another', () => {
  it('is written once while both are the same', () => {
    const { tweet, written } = counted();
    const expected = '{"__typename":"Tweet","text":"Hello","author":{"username":"ada"}}';
    for (let look = 0; look < 4; look += 1) expect(tweet(tweetBy(ada), run())).toBe(expected);
    written.length = 0;
    expect(tweet(tweetBy(ada), run())).toBe(expected);
    // It is looked at who wrote it, and nothing is written.
    expect(written).toEqual(['author']);
  });

  it('is written once though it has a key of its own, which another has otherwise', () => {
    const { written, keyed } = counted();
    const id = (id: string): Dictionary => ({
      id,
      [SHARED_PART]: text,
      author: { id: `by ${id}`, [SHARED_PART]: ada },
    });
    const expected = (id: string) => `{"id":"${id}","text":"Hello","author":{"id":"by ${id}","username":"ada"}}`;
    for (let look = 0; look < 4; look += 1) expect(keyed(id('1'), run())).toBe(expected('1'));
    written.length = 0;
    expect(keyed(id('1'), run())).toBe(expected('1'));
    expect(written).toEqual(['author']);
    expect(keyed(id('2'), run())).toBe(expected('2'));
    expect(keyed(id('1'), run())).toBe(expected('1'));
  });

  describe('of which something is wrong', () => {
    const words: WriteField<string> = {
      name: 'text',
      answered: 'text',
      dependsOn: 'property',
      complete(from, looking) {
        const value = readerOf('text')(from);
        return typeof value === 'string' ? JSON.stringify(value) : malformed(looking);
      },
    };
    const tags: WriteField<string> = {
      name: 'tags',
      answered: 'tags',
      dependsOn: 'property',
      complete(from, looking) {
        const value = readerOf('tags')(from) as unknown[];
        if (!value.includes(null)) return JSON.stringify(value);
        nothingHere(looking);
        return null;
      },
    };
    const toldBefore: Readonly<Record<string, () => GraphQLError[]>> = {
      nothing: () => [],
      'as much as is told': () => Array.from({ length: 100 }, () => new GraphQLError('Away.', { path: ['other'] })),
      'something of no place': () => [new GraphQLError('Away.')],
    };
    const wrong: Readonly<Record<string, () => object>> = {
      'of its own': () => ({ text: 7, [SHARED_PART]: new SharedAnswer({ tags: ['a'] }) }),
      "of what is everybody's": () => ({ [SHARED_PART]: new SharedAnswer({ text: 7, tags: ['a'] }) }),
      'not there': () => ({ [SHARED_PART]: new SharedAnswer({ text: 'Hello', tags: [null] }) }),
    };
    const cases = Object.keys(wrong).flatMap((what) => Object.keys(toldBefore).map((told) => [what, told] as const));

    it.each(cases)('is told to the next who looks: %s, when the last one was told %s', (what, told) => {
      const write = textOfShared([words, tags]);
      const thing = wrong[what]?.() as Dictionary;
      for (let look = 0; look < 3; look += 1) expect(write(thing, run(toldBefore[told]?.()))).toContain('null');
      const next = run();
      expect(write(thing, next)).toContain('null');
      expect(next.errors).toHaveLength(1);
    });
  });

  it('is put together each time where it is very long', () => {
    const { keyed, written } = counted();
    const long = new SharedAnswer({ text: 'a'.repeat(10_000) });
    const thing = (): Dictionary => ({ id: '1', [SHARED_PART]: long, author: { id: '2', [SHARED_PART]: ada } });
    for (let look = 0; look < 4; look += 1) {
      written.length = 0;
      expect(keyed(thing(), run())).toContain('"username":"ada"');
      // And so what everybody gets of it is not kept, either.
      expect(written).toContain('text');
    }
  });

  it('is another when the other thing is, or is not there', () => {
    const { tweet } = counted();
    for (let look = 0; look < 4; look += 1) tweet(tweetBy(ada), run());
    const renamed = new SharedAnswer({ username: 'lovelace' });
    expect(tweet(tweetBy(renamed), run())).toContain('"author":{"username":"lovelace"}');
    expect(tweet(tweetBy(undefined), run())).toContain('"author":null');
    expect(tweet(tweetBy(ada), run())).toContain('"author":{"username":"ada"}');
  });

  it("holds nothing that is one viewer's", () => {
    const { tweetOfViewer } = counted();
    for (let look = 0; look < 4; look += 1) {
      for (const isFollowed of [true, false]) {
        const seen = tweetOfViewer(tweetBy(ada, { isFollowed }), run());
        expect(seen).toContain(`"author":{"username":"ada","isFollowed":${isFollowed}}`);
      }
    }
  });

  it('may hold a thing within a thing within a thing', () => {
    const { tweet } = counted();
    const quoting = textOfShared([
      {
        name: 'tweet',
        answered: 'tweet',
        dependsOn: 'more',
        complete: (from, given) => tweet(from.tweet as Dictionary, given),
      },
    ]);
    const quote = new SharedAnswer({ note: 'mine' });
    const renamed = new SharedAnswer({ username: 'lovelace' });
    const quotes = (author: SharedAnswer): Dictionary => ({ tweet: tweetBy(author), [SHARED_PART]: quote });
    for (let look = 0; look < 6; look += 1) expect(quoting(quotes(ada), run())).toContain('"username":"ada"');
    for (let look = 0; look < 6; look += 1) expect(quoting(quotes(renamed), run())).toContain('"username":"lovelace"');
  });
});
