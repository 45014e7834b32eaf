import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema, parse, print, stripIgnoredCharacters } from 'graphql';
import { afterAll, expect, test } from 'vitest';
import { committedSupergraph, loadSupergraph } from '../execution/supergraph.ts';
import { createDocuments } from './documents.ts';
import { committedOperations, hashOf, loadTrustedDocuments } from './trusted-documents.ts';

const schema = buildSchema('type Query { a: Query name(of: ID): String }');
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'operations-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const A = 'query A($id: ID) { a { ...Two ...One } }';
const ONE = 'fragment One on Query { one: name(of: $id) }';
const TWO = 'fragment Two on Query { two: name }';
const folder = folderWith({ 'a.graphql': `${A}\nquery B { name }`, 'fragments.graphql': `${ONE}\n${TWO}\n` });

test('an operation is known with the fragments it uses, by the hash of every text that tools make of it', () => {
  const trusted = loadTrustedDocuments(schema, folder);
  expect(trusted.documents).toHaveLength(2);
  const printed = (...parts: string[]) => print(parse(parts.join('\n')));
  for (const text of [
    printed(A, TWO, ONE),
    printed(A, ONE, TWO),
    printed(ONE, TWO, A),
    [A, TWO, ONE].join('\n'),
    [TWO, ONE, A].join('\n'),
    stripIgnoredCharacters(printed(A, TWO, ONE)),
  ]) {
    expect(trusted.textOf(hashOf(text))).toBe(text);
    expect(trusted.documentOf(text)).toBe(trusted.documents[0]);
  }
  expect(trusted.textOf(hashOf(A))).toBeUndefined();
  expect(trusted.textOf('')).toBeUndefined();
});

test('texts of a client’s own manifest are known by their hashes, as Apollo’s tools and the code generator write them', () => {
  const [first, second] = ['query C { name __typename }', '{ a { name } }'];
  const trusted = loadTrustedDocuments(
    schema,
    folderWith({
      'app.json': JSON.stringify({
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [{ id: hashOf(first as string), name: 'C', type: 'query', body: first }],
      }),
      'web.json': JSON.stringify({ [`sha256:${hashOf(second as string)}`]: second }),
    }),
  );
  for (const text of [first, second] as string[]) expect(trusted.textOf(hashOf(text))).toBe(text);
});

test.each<[string, Record<string, string>]>([
  ['of no schema of ours', { 'good.graphql': 'query A { name }', 'wrong.graphql': 'query B { nobody }' }],
  ['beyond the limits', { 'wrong.graphql': `query B { ${'a { '.repeat(16)} name ${'}'.repeat(16)} }` }],
  ['no GraphQL', { 'wrong.graphql': 'query B {' }],
  ['without a name', { 'wrong.graphql': '{ name }' }],
  ['a fragment short', { 'wrong.graphql': 'query B { ...Nobody }' }],
  ['a schema', { 'wrong.graphql': 'type Query { name: String }' }],
  ['a fragment that another file has', { 'a.graphql': ONE, 'wrong.graphql': ONE }],
  ['no JSON', { 'wrong.json': '{' }],
  ['no manifest', { 'wrong.json': '[]' }],
  ['a manifest with a wrong hash', { 'wrong.json': JSON.stringify({ [hashOf('{ a }')]: '{ name }' }) }],
])('a file that is %s is named', (_what, files) => {
  expect(() => loadTrustedDocuments(schema, folderWith(files))).toThrow(/wrong\.(graphql|json)/);
});

test('where nothing else is served, a document may differ in layout and in the order of its definitions, in no more', () => {
  const trusted = loadTrustedDocuments(schema, folder);
  const documents = createDocuments({ schema, trusted, onlyTrusted: true });
  const read = documents.read(`${ONE} # with a comment\n\n${TWO}\n  ${A}`);
  expect('document' in read && read.document).toBe(trusted.documents[0]);
  for (const text of ['{ name }', `${A} ${ONE} ${TWO.replace('name', 'name(of: 1)')}`, '{', 'query A { name }']) {
    expect(documents.read(text)).toMatchObject({ errors: [{ extensions: { code: 'QUERY_NOT_IN_SAFELIST' } }] });
  }
  documents.register(hashOf('{ name }'), '{ name }');
  expect(documents.textOf(hashOf('{ name }'))).toBeUndefined();
});

test('ever-new texts and registrations push no trusted one out', () => {
  const trusted = loadTrustedDocuments(schema, folder);
  const documents = createDocuments({ schema, trusted });
  for (let number = 0; number < 1_100; number++) {
    const text = `{ a${number}: name }`;
    documents.read(text);
    documents.register(hashOf(text), text);
  }
  expect(documents.sizes()).toEqual({ read: 1_000, registered: 1_000 });
  const text = trusted.textOf(hashOf('query B { name }')) ?? '';
  expect(documents.read(text)).toEqual({ document: trusted.documents[1] });
});

test('every operation that clients of ours send is trusted', () => {
  const { documents } = loadTrustedDocuments(loadSupergraph(committedSupergraph()).schema, committedOperations());
  expect(documents.length).toBeGreaterThan(30);
});
