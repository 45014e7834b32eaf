import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { validDocuments } from './valid-documents.ts';

const schema = buildSchema('type Query { name: String }');

test('everybody who sends a text gets the one document that was made of it', () => {
  const { documentOf } = validDocuments(schema);
  const first = documentOf('{ name }');
  expect(first?.kind).toBe('Document');
  expect(documentOf('{ name }')).toBe(first);
  expect(documentOf('{ name  }')).not.toBe(first);
});

test('what does not parse, is not of the schema, or is beyond the limits, is none', () => {
  const { documentOf } = validDocuments(schema);
  for (const text of ['{ name', '{ nobody }', `{ ${'name '.repeat(5_000)} }`, `{ ${'name '.repeat(31)} }`]) {
    expect(documentOf(text)).toBeUndefined();
  }
});

test('ever-new texts, good and bad, keep only so many, and so many characters', () => {
  const few = validDocuments(schema, 10);
  for (let number = 0; number < 50; number++) few.documentOf(`{ a${number}: name }`);
  for (let number = 0; number < 50; number++) few.documentOf(`{ nobody${number} }`);
  expect(few.size()).toBe(10);

  const long = validDocuments(schema);
  for (let number = 0; number < 30; number++) long.documentOf(`{ name } # ${number} ${'x'.repeat(200_000)}`);
  expect(long.size()).toBeLessThanOrEqual(10);
  expect(long.size()).toBeGreaterThan(0);
});
