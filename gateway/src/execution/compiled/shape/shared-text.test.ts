import { SHARED_PART, SharedAnswer } from '@starling/platform/subgraph-server';
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readerOf } from '../own.ts';
import type { Dictionary } from '../run.ts';
import { asText, type WriteField, type WriteObject } from './outputs.ts';
import type { ShapeRun } from './shape-run.ts';
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

const run = () => ({ errors: [], path: [] }) as unknown as ShapeRun;
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

  it('tells of what is wrong with it each time', () => {
    const broken = textOfShared([
      {
        name: 'text',
        answered: 'text',
        dependsOn: 'property',
        complete: ({ text }) => JSON.stringify(text ?? 'Hello'),
      },
      {
        name: 'likes',
        answered: 'likes',
        dependsOn: 'property',
        complete: (_from, { errors }) => errors.push(new GraphQLError('No number.')) && null,
      },
    ]);
    for (let look = 0; look < 4; look += 1) {
      const looking = run();
      expect(broken({ likes: 'many', [SHARED_PART]: text } as Dictionary, looking)).toBe(
        '{"text":"Hello","likes":null}',
      );
      expect(looking.errors).toHaveLength(1);
    }
  });

  it('is not kept where it is very long', () => {
    const { keyed } = counted();
    const long = new SharedAnswer({ text: 'a'.repeat(10_000) });
    const thing = (): Dictionary => ({ id: '1', [SHARED_PART]: long, author: { id: '2', [SHARED_PART]: ada } });
    for (let look = 0; look < 4; look += 1) expect(keyed(thing(), run())).toContain('"username":"ada"');
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
