import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { type ReadDocument, readDocument, readDocuments } from './read-documents.ts';

const schema = buildSchema('type Query { name: String } type Subscription { names: String }');
const reader = (keptTexts?: number) => readDocuments((text) => readDocument(schema, text), keptTexts);
const codesOf = (read: ReadDocument) => ('errors' in read ? read.errors.map(({ extensions }) => extensions.code) : []);

test('everybody who sends a text gets the one document that was made of it', () => {
  const { read } = reader();
  const first = read('{ name }');
  expect('document' in first && first.document.kind).toBe('Document');
  expect(read('{ name }')).toBe(first);
  expect(read('{ name  }')).not.toBe(first);
});

test('a thousand who send it at once have it read once', async () => {
  let times = 0;
  const { read } = readDocuments((text) => {
    times++;
    return readDocument(schema, text);
  });
  const all = await Promise.all(Array.from({ length: 1_000 }, async () => read('{ name }')));
  expect(new Set(all).size).toBe(1);
  expect(times).toBe(1);
});

test('what does not parse, is not of the schema, or is beyond the limits, is refused, and that is remembered', () => {
  const { read } = reader();
  const parts = Array.from(
    { length: 12 },
    (_, at) => `fragment F${at} on Query { a: name ...F${at + 1} ...G${at + 1} }`,
  );
  for (const [text, code] of [
    ['{ name', 'GRAPHQL_PARSE_FAILED'],
    [`{ ${'name '.repeat(5_000)} }`, 'GRAPHQL_PARSE_FAILED'],
    ['{ nobody }', 'GRAPHQL_VALIDATION_FAILED'],
    [`{ ${'name '.repeat(31)} }`, 'GRAPHQL_VALIDATION_FAILED'],
    [`{ ...F0 } ${parts.join(' ')}`, 'GRAPHQL_VALIDATION_FAILED'],
  ] as const) {
    expect(codesOf(read(text))[0]).toBe(code);
    expect(read(text)).toBe(read(text));
  }
});

test('fragments that multiply are counted where they are used, and in no time', () => {
  const nested = buildSchema('type Query { a: Query b: Query name: String }');
  const doubling = (levels: number) =>
    `{ ...F0 } ${Array.from({ length: levels }, (_, at) => `fragment F${at} on Query { a { ...F${at + 1} } b { ...F${at + 1} } }`).join(' ')}
    fragment F${levels} on Query { name }`;
  expect(codesOf(readDocument(nested, doubling(8)))).toEqual([]);
  const began = performance.now();
  const read = readDocument(nested, doubling(13));
  expect('errors' in read && read.errors[0]?.message).toContain('too many fields');
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('a condition at the root of a subscription is known for what it is', () => {
  const read = readDocument(schema, 'subscription ($on: Boolean!) { names @include(if: $on) }');
  expect(read).toMatchObject({ tripsRules: true });
});

test('ever-new texts, good and bad, keep only so many, and so many characters', () => {
  const few = reader(10);
  for (let number = 0; number < 50; number++) few.read(`{ a${number}: name }`);
  for (let number = 0; number < 50; number++) few.read(`{ nobody${number} }`);
  expect(few.size()).toBe(10);

  const long = reader();
  for (let number = 0; number < 30; number++) long.read(`{ name } # ${number} ${'x'.repeat(200_000)}`);
  expect(long.size()).toBeLessThanOrEqual(10);
  expect(long.size()).toBeGreaterThan(0);
});
