import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { readEdge } from '../src/import/graph-file.ts';
import { readPost } from '../src/import/posts-file.ts';
import { checkReadable, type Line, LONGEST_LINE_BYTES, readLines } from '../src/import/read-lines.ts';
import { sourceName } from '../src/import/source-name.ts';
import { Tally } from '../src/import/tally.ts';
import { fixtureFolder } from './support/imports.ts';

const { folder, remove } = fixtureFolder();
afterAll(remove);

async function linesOf(content: Buffer | string): Promise<Line[]> {
  const path = join(folder, 'lines');
  writeFileSync(path, content);
  const lines: Line[] = [];
  for await (const some of readLines(path, () => {})) lines.push(...some);
  return lines;
}

const texts = async (content: Buffer | string) => (await linesOf(content)).map(({ text }) => text);

test('reads plain and gzip files alike, whatever their names', async () => {
  const content = Array.from({ length: 50_000 }, (_, number) => `line ${number} with some words`).join('\n');
  const expected = content.split('\n');
  expect(await texts(content)).toEqual(expected);
  expect(await texts(gzipSync(content))).toEqual(expected);
  // A file may be made of several gzip files one after the other.
  expect(await texts(Buffer.concat([gzipSync('a\nb\n'), gzipSync('c')]))).toEqual(['a', 'b', 'c']);
});

test('ends lines as every system does, and counts them from 1', async () => {
  expect(await linesOf('\ufeffone\r\ntwo\n\nfour')).toEqual([
    { number: 1, text: 'one' },
    { number: 2, text: 'two' },
    { number: 3, text: '' },
    { number: 4, text: 'four' },
  ]);
  expect(await linesOf('')).toEqual([]);
  expect(await linesOf('one\n')).toHaveLength(1);
});

test('what is no text, or far too long, is a line without text, and the next one is read', async () => {
  const long = 'x'.repeat(LONGEST_LINE_BYTES);
  expect(await texts(Buffer.concat([Buffer.from([0x61, 0xff, 0x0a]), Buffer.from('b\n')]))).toEqual([undefined, 'b']);
  expect(await texts(`a\n${long}\nb\n${long}x\nc\n${long}xx`)).toEqual(['a', long, 'b', undefined, 'c', undefined]);
});

test('a file that breaks off, or is none, is told by name', async () => {
  const whole = gzipSync(Buffer.from('some words '.repeat(10_000)));
  await expect(texts(whole.subarray(0, whole.length - 20))).rejects.toThrow(/^Cannot read .*lines: unexpected end/);
  await expect(checkReadable(join(folder, 'nowhere'))).rejects.toThrow('nowhere: there is no such file');
  await expect(checkReadable(folder)).rejects.toThrow('it is not a file');
});

test.each([
  ['1 2', { follower: 1, followee: 2 }],
  ['  10\t20  ', { follower: 10, followee: 20 }],
  ['0 999999999', { follower: 0, followee: 999_999_999 }],
])('%j is an edge', (text, edge) => {
  const tally = new Tally('follows');
  expect(readEdge({ number: 7, text }, tally)).toEqual({ line: 7, ...edge });
  expect(tally.read).toBe(1);
});

test.each(['', '   ', '# 1 2', '% 1 2', '  # indented'])('%j is passed over', (text) => {
  const tally = new Tally('follows');
  expect(readEdge({ number: 1, text }, tally)).toBeUndefined();
  expect(tally.report()).toMatchObject({ read: 0, refused: [] });
});

test.each([
  ['1', 'MALFORMED'],
  ['1 2 3', 'MALFORMED'],
  ['a b', 'MALFORMED'],
  ['-1 2', 'MALFORMED'],
  ['1.5 2', 'MALFORMED'],
  ['1,2', 'MALFORMED'],
  [undefined, 'MALFORMED'],
  ['5 5', 'SELF_FOLLOW'],
  ['05 5', 'SELF_FOLLOW'],
  ['1 1000000000', 'NODE_TOO_LARGE'],
])('%j is refused as %s', (text, reason) => {
  const tally = new Tally('follows');
  expect(readEdge({ number: 3, text }, tally)).toBeUndefined();
  expect(tally.report()).toMatchObject({ read: 1, refused: [{ reason, count: 1, examples: [3] }] });
});

const read = (line: object | string, tally = new Tally('posts')) =>
  readPost({ number: 4, text: typeof line === 'string' ? line : JSON.stringify(line) }, tally);

test('reads a post, whatever else its line says', () => {
  const post = { id: 7, author: 3, at: '2012-01-02T20:00:13Z', text: 'Hi #you', lang: 'en', to: 9, rt: false, n: [1] };
  expect(read(post)).toEqual({
    line: 4,
    sourceId: '7',
    author: '3',
    ms: Date.UTC(2012, 0, 2, 20, 0, 13),
    text: 'Hi #you',
    entities: { hashtags: [{ tag: 'you', start: 3, end: 7 }], cashtags: [], mentions: [], urls: [] },
    lang: 'en',
    to: '9',
  });
  expect(read({ text: 'x' })).toMatchObject({ sourceId: '#4', author: null, ms: null, lang: null, to: null });
  expect(read({ id: 'a', author: 'ann', at: null, lang: 'not a language', text: 'x', to: null })).toMatchObject({
    sourceId: 'a',
    author: 'ann',
    ms: null,
    lang: null,
    to: null,
  });
});

test('keeps every digit of long numbers, and leaves texts alone', () => {
  const line =
    '{"id":153928603371978755,"author":9007199254740993 ,"text":"\\"id\\":153928603371978755,","to":18446744073709551615}';
  expect(read(line)).toMatchObject({
    sourceId: '153928603371978755',
    author: '9007199254740993',
    text: '"id":153928603371978755,',
    to: '18446744073709551615',
  });
});

test.each([
  ['{"text":"x"', 'MALFORMED'],
  ['[]', 'MALFORMED'],
  ['null', 'MALFORMED'],
  ['{}', 'MALFORMED'],
  ['{"text":5}', 'MALFORMED'],
  ['{"text":"x","id":{}}', 'MALFORMED'],
  ['{"text":"x","author":"a\\u0000b"}', 'MALFORMED'],
  ['{"text":"x","to":"\\ud800"}', 'MALFORMED'],
  ['{"text":"x","at":5}', 'MALFORMED'],
  ['{"text":"x","at":"yesterday"}', 'BAD_TIME'],
  ['{"text":"x","at":"2012-13-01T00:00:00Z"}', 'BAD_TIME'],
  ['{"text":"x","at":"2012-01-01 00:00:00"}', 'BAD_TIME'],
  ['{"text":"  "}', 'BLANK'],
  [JSON.stringify({ text: 'x'.repeat(281) }), 'TOO_LONG'],
  ['{"text":"a\\u0007b"}', 'INVALID_TEXT'],
  ['{"text":"\\ud83d"}', 'INVALID_TEXT'],
])('%j is refused as %s', (line, reason) => {
  const tally = new Tally('posts');
  expect(read(line, tally)).toBeUndefined();
  expect(tally.report()).toMatchObject({ read: 1, refused: [{ reason, count: 1, examples: [4] }] });
});

test('a tally that loses something is a fault', () => {
  const tally = new Tally('posts');
  tally.read = 3;
  tally.imported = 1;
  tally.refuse('BLANK', 2);
  expect(() => tally.report()).toThrow('Of 3 posts read, 2 are accounted for.');
  tally.alreadyThere = 1;
  expect(tally.report()).toMatchObject({ read: 3, imported: 1, alreadyThere: 1 });
});

test('files are known by their names without endings', () => {
  expect(sourceName('/a/b/ubuntu-irc.ndjson.gz')).toBe('ubuntu-irc');
  expect(sourceName('posts.v2.JSONL')).toBe('posts.v2');
});
