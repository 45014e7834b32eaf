import { SHARED_PART, SharedAnswer } from '@starling/platform/subgraph-server';
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
  return { written, tweet: tweetBy(author), tweetOfViewer: tweetBy(authorOfViewer) };
}

const run = () => ({ errors: [], path: [], mixed: 0 }) as unknown as ShapeRun;
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
    expect(written).toEqual([]);
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
