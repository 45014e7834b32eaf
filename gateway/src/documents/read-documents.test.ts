import { buildSchema, parse, TypeInfo, ValidationContext, visit } from 'graphql';
import { expect, test } from 'vitest';
import { noConditionAtSubscriptionRoot } from '../protection/document-limits.ts';
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

const nested = buildSchema('type Query { a: Query b: Query name: String }');
const messagesOf = (read: ReadDocument) => ('errors' in read ? read.errors.map(({ message }) => message).join() : '');

test('fragments that multiply are counted where they are used, each looked at once', () => {
  const doubling = (levels: number) =>
    `{ ...F0 } ${Array.from({ length: levels }, (_, at) => `fragment F${at} on Query { a { ...F${at + 1} } b { ...F${at + 1} } }`).join(' ')}
    fragment F${levels} on Query { name }`;
  expect(codesOf(readDocument(nested, doubling(8)))).toEqual([]);
  // Looked at wherever they are used, these would be for ever.
  expect(messagesOf(readDocument(nested, doubling(200)))).toContain('too many fields');
});

test('fragments that multiply nothing but the name of the type are counted as well', () => {
  const doubling = (levels: number) =>
    `{ a { ...F0 } } ${Array.from({ length: levels }, (_, at) => `fragment F${at} on Query { ... { ...F${at + 1} } ... { ...F${at + 1} } }`).join(' ')}
    fragment F${levels} on Query { __typename }`;
  expect(codesOf(readDocument(nested, doubling(8)))).toEqual([]);
  expect(messagesOf(readDocument(nested, doubling(100)))).toContain('too many fields');
});

test('root fields are counted in fragments, too', () => {
  const names = (count: number) => Array.from({ length: count }, (_, at) => `n${at}: name`).join(' ');
  expect(codesOf(readDocument(nested, `{ ...F ... { ${names(15)} } } fragment F on Query { a { name } }`))).toEqual([]);
  for (const text of [
    `{ ...F } fragment F on Query { ${names(31)} }`,
    `{ ... { ${names(16)} } ... { a { name } ...F } } fragment F on Query { ${'name '.repeat(16)} }`,
  ]) {
    expect(messagesOf(readDocument(nested, text))).toContain('too many root fields');
  }
});

test('within introspection nothing has another name: lists in lists would be multiplied', () => {
  for (const text of [
    '{ __schema { types { name fields { name } } } one: __type(name: "Query") { name } other: __type(name: "String") { name } }',
    'fragment T on __Type { name fields { name type { name } } } { __schema { types { ...T } } }',
  ]) {
    expect(codesOf(readDocument(schema, text))).toEqual([]);
  }
  for (const text of [
    '{ s: __schema { types { name } } }',
    '{ __schema { all: types { name } } }',
    'fragment T on __Type { n: name } { __type(name: "Query") { ...T } }',
  ]) {
    expect(messagesOf(readDocument(schema, text))).toBe('Aliases are not allowed within introspection.');
  }
});

test('what is beyond the limits is kept from rules that compare every two fields, also in a fragment that nobody uses', () => {
  for (const text of [
    `{ a { ${'name '.repeat(2_100)} } }`,
    `{ name } fragment Unused on Query { ${'name '.repeat(2_100)} }`,
  ]) {
    const read = readDocument(nested, text);
    expect(read).toMatchObject({ isKeptFromRules: true });
    expect(messagesOf(read)).toContain('too many fields');
  }
});

test('a condition at the root of a subscription is known for what it is', () => {
  const read = readDocument(schema, 'subscription ($on: Boolean!) { names @include(if: $on) }');
  expect(read).toMatchObject({ isKeptFromRules: true });
});

test('fragments at the root of a subscription are looked at once, however often they are used', () => {
  const fragments = Array.from(
    { length: 12 },
    (_, at) => `fragment F${at} on Subscription { ...F${at + 1} ... { ...F${at + 1} } }`,
  );
  const document = parse(`subscription { ...F0 } ${fragments.join(' ')} fragment F12 on Subscription { names }`);
  const asked: string[] = [];
  class Asked extends ValidationContext {
    override getFragment(name: string) {
      asked.push(name);
      return super.getFragment(name);
    }
  }
  const context = new Asked(schema, document, new TypeInfo(schema), () => {});
  visit(document, noConditionAtSubscriptionRoot(context));
  expect(asked).toEqual(Array.from({ length: 13 }, (_, at) => `F${at}`));
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
