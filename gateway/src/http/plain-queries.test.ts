import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { createDocuments, hashOf } from '../documents/documents.ts';
import { plainQuery } from './plain-queries.ts';
import { requestParameters } from './request-parameters.ts';

const schema = buildSchema('type Query { name: String } type Mutation { name: String }');
const json = { 'content-type': 'application/json' };

function read(request: object, documents = createDocuments({ schema })) {
  const parameters = requestParameters({ method: 'POST', headers: json, body: undefined, url: '/graphql', ...request });
  const query = parameters && plainQuery(parameters, documents);
  return query && ('errors' in query ? 'refused' : 'query');
}

test('a query that is posted as JSON is answered here, and a text that is no document refused', () => {
  const query = 'query Name { name }';
  for (const body of [
    { query },
    { query, operationName: null, variables: null, extensions: null },
    { query, operationName: 'Name', variables: { first: 1 }, extensions: { tracing: true } },
  ]) {
    expect(read({ body })).toBe('query');
    expect(read({ body, headers: { 'content-type': 'application/json; charset=UTF-8' } })).toBe('query');
  }
  expect(read({ body: { query: '{ nobody }' } })).toBe('refused');
});

test('so is a query that is got, unless a page of another site may have sent it', () => {
  const url = `/graphql?query=${encodeURIComponent('query Name { name }')}`;
  const headers = { 'apollo-require-preflight': 'same-site' };
  expect(read({ method: 'GET', headers, url })).toBe('query');
  expect(read({ method: 'GET', headers, url: `${url}&variables=%7B%7D&operationName=Name` })).toBe('query');
  for (const wrong of [`${url}&query=again`, `${url}&variables=7`, `${url}&variables=null`, `${url}&extensions=%7B`]) {
    expect(read({ method: 'GET', headers, url: wrong })).toBeUndefined();
  }
  expect(read({ method: 'GET', headers: {}, url })).toBeUndefined();
  expect(read({ method: 'GET', headers: { ...headers, ...json }, url })).toBeUndefined();
});

test('a persisted query is, once its hash is known, or when it comes with its words', () => {
  const documents = createDocuments({ schema });
  const query = '{ name }';
  const extensions = { persistedQuery: { version: 1, sha256Hash: hashOf(query) } };
  const documentId = `sha256:${hashOf(query)}`;
  expect(read({ body: { extensions } }, documents)).toBeUndefined();
  expect(read({ body: { documentId } }, documents)).toBeUndefined();
  expect(read({ body: { query: '{ other: name }', extensions } }, documents)).toBeUndefined();
  expect(documents.sizes().registered).toBe(0);
  expect(read({ body: { query, extensions } }, documents)).toBe('query');
  expect(documents.sizes().registered).toBe(1);
  expect(read({ body: { extensions } }, documents)).toBe('query');
  expect(read({ body: { documentId } }, documents)).toBe('query');
  expect(read({ body: { query: 'mutation { name }', extensions } }, documents)).toBeUndefined();
});

test('a text that is no document is not registered', () => {
  const documents = createDocuments({ schema });
  const query = '{ nobody }';
  const extensions = { persistedQuery: { version: 1, sha256Hash: hashOf(query) } };
  expect(read({ body: { query, extensions } }, documents)).toBe('refused');
  expect(documents.sizes().registered).toBe(0);
});

test('whatever else it may be is not', () => {
  const query = '{ name }';
  const sha256Hash = hashOf(query);
  for (const body of [
    undefined,
    'query',
    [{ query }],
    {},
    { query: '' },
    { query: 7 },
    { query: 'mutation { name }' },
    { query, more: 1 },
    { query, extensions: [] },
    { query, extensions: { persistedQuery: { version: 2, sha256Hash } } },
    { query, extensions: { persistedQuery: { version: 1, sha256Hash: 'ab' } } },
    { query, extensions: { persistedQuery: 7 } },
    { query, documentId: `sha256:${sha256Hash}` },
    { documentId: sha256Hash },
    { documentId: 7 },
    { query, operationName: 'Other' },
    { query, operationName: '' },
    { query, variables: [] },
    { query, variables: '{}' },
  ]) {
    expect(read({ body })).toBeUndefined();
  }
  expect(read({ body: { query }, method: 'GET' })).toBeUndefined();
  expect(read({ body: { query }, headers: { 'content-type': 'text/plain' } })).toBeUndefined();
  expect(read({ body: { query }, headers: {} })).toBeUndefined();
});
