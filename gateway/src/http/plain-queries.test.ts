import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { plainQuery } from './plain-queries.ts';
import { validDocuments } from './valid-documents.ts';

const { documentOf } = validDocuments(buildSchema('type Query { name: String } type Mutation { name: String }'));
const json = { 'content-type': 'application/json' };

function isPlain(body: unknown, headers: Record<string, string> = json, method = 'POST'): boolean {
  return plainQuery({ method, headers, body }, documentOf) !== undefined;
}

test('a query that is posted as JSON is plain, with its variables and its name or without', () => {
  const query = 'query Name { name }';
  for (const body of [
    { query },
    { query, operationName: null, variables: null },
    { query, operationName: 'Name', variables: { first: 1 } },
  ]) {
    expect(isPlain(body)).toBe(true);
    expect(isPlain(body, { ...json, accept: '*/*' })).toBe(true);
    expect(isPlain(body, { ...json, accept: 'application/json' })).toBe(true);
  }
});

test('whatever else it may be is not', () => {
  const query = '{ name }';
  for (const body of [
    undefined,
    'query',
    [{ query }],
    {},
    { query: '' },
    { query: 7 },
    { query: '{ nobody }' },
    { query: 'mutation { name }' },
    { query, extensions: { persistedQuery: { version: 1, sha256Hash: 'ab' } } },
    { query, operationName: 'Other' },
    { query, operationName: '' },
    { query, variables: [] },
    { query, variables: '{}' },
  ]) {
    expect(isPlain(body)).toBe(false);
  }
  expect(isPlain({ query }, json, 'GET')).toBe(false);
  expect(isPlain({ query }, { 'content-type': 'text/plain' })).toBe(false);
  expect(isPlain({ query }, {})).toBe(false);
  expect(isPlain({ query }, { ...json, accept: 'application/graphql-response+json' })).toBe(false);
});
