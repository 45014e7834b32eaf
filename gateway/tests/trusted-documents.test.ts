import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGateway } from '@starling/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFixture, createTokens, gatewayOf, note } from './fixture.ts';
import { openSocket } from './socket.ts';

const NOTES = 'query Notes { notes(first: 1) { ...Words } }';
const WORDS = 'fragment Words on Note { text author { name } }';
const RENAME = 'mutation Rename($to: String!) { rename(to: $to) { name } }';
const ADDED = 'subscription Added { noteAdded { ...Words } }';
const BOTH = 'query First { notes(first: 1) { text } } query Second { notes(first: 2) { id } }';
/** As the documents stand in the files, with what they use. */
const [notes, rename, added] = [`${NOTES}\n${WORDS}`, RENAME, `${ADDED}\n${WORDS}`];

const folder = mkdtempSync(join(tmpdir(), 'operations-'));
writeFileSync(join(folder, 'notes.graphql'), `${NOTES}\n\n${RENAME}\n\n${ADDED}\n`);
writeFileSync(join(folder, 'fragments.graphql'), WORDS);
writeFileSync(join(folder, 'app.json'), JSON.stringify({ [createHash('sha256').update(BOTH).digest('hex')]: BOTH }));

const fixture = createFixture();
let tokens: Awaited<ReturnType<typeof createTokens>>;
let authorization: string;
const start = (onlyTrustedDocuments: boolean, operations = folder) =>
  startGateway({
    ...gatewayOf(fixture, tokens),
    operations,
    onlyTrustedDocuments,
  });
let open: Awaited<ReturnType<typeof start>>;
let closed: Awaited<ReturnType<typeof start>>;

beforeAll(async () => {
  tokens = await createTokens();
  authorization = `Bearer ${await tokens.sign()}`;
  open = await start(false);
  closed = await start(true);
});
afterAll(async () => {
  await Promise.all([open.close(), closed.close()]);
  rmSync(folder, { recursive: true });
});

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const persisted = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: hash(text) } });

async function post({ url }: { url: string }, body: object) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify(body),
  });
  const { data, errors } = (await response.json()) as {
    data?: unknown;
    errors?: { message: string; extensions: { code: string } }[];
  };
  return { status: response.status, data, code: errors?.[0]?.extensions.code, message: errors?.[0]?.message };
}

const got = ({ url }: { url: string }, parameters: Record<string, string>) =>
  fetch(`${url}/graphql?${new URLSearchParams(parameters)}`).then(
    (response) => response.json() as Promise<{ data?: unknown; errors?: { extensions: { code: string } }[] }>,
  );

const NOTE = { notes: [{ text: 'note 0', author: { name: 'Ada' } }] };

describe.each([
  ['open', () => open],
  ['closed', () => closed],
] as const)('a gateway that is %s to other documents', (_what, gateway) => {
  it('knows trusted ones by their hashes, though nobody has registered them', async () => {
    expect((await post(gateway(), { extensions: persisted(notes) })).data).toEqual(NOTE);
    expect((await post(gateway(), { documentId: `sha256:${hash(notes)}` })).data).toEqual(NOTE);
    expect((await got(gateway(), { extensions: JSON.stringify(persisted(notes)) })).data).toEqual(NOTE);
    const { data } = await post(gateway(), { extensions: persisted(rename), variables: { to: 'Ada' } });
    expect(data).toEqual({ rename: { name: 'Ada' } });
  });

  it('knows each operation of a document that has several', async () => {
    const asked = (operationName: string) => post(gateway(), { extensions: persisted(BOTH), operationName });
    expect((await asked('First')).data).toEqual({ notes: [{ text: 'note 0' }] });
    expect((await asked('Second')).data).toEqual({ notes: [{ id: '0' }, { id: '1' }] });
  });

  it('takes them in words, too, and with both', async () => {
    expect((await post(gateway(), { query: notes })).data).toEqual(NOTE);
    expect(
      (await post(gateway(), { query: notes, extensions: persisted(notes), operationName: 'Notes' })).data,
    ).toEqual(NOTE);
    expect((await post(gateway(), { query: rename, variables: { to: 'Ada' } })).data).toEqual({
      rename: { name: 'Ada' },
    });
    expect((await got(gateway(), { query: notes })).data).toEqual(NOTE);
  });

  it('serves them live, by hash and in words', async () => {
    for (const payload of [{ query: '', extensions: persisted(added) }, { query: added }]) {
      const socket = await openSocket(gateway().url);
      socket.send({ type: 'connection_init', payload: { authorization } });
      await socket.next('connection_ack');
      socket.send({ type: 'subscribe', id: '1', payload });
      await expect.poll(fixture.subscribers).toBe(1);
      fixture.addNote(note('7', '1'));
      const event = await socket.next('next');
      expect(event.payload).toEqual({ data: { noteAdded: { text: 'note 7', author: { name: 'Ada' } } } });
      socket.send({ type: 'subscribe', id: '2', payload: { query: '', extensions: persisted(notes) } });
      expect((await socket.next('next')).payload).toEqual({ data: NOTE });
      socket.close();
      await expect.poll(fixture.subscribers).toBe(0);
    }
  });
});

describe('a gateway that serves nothing else', () => {
  it('takes them in another layout and order', async () => {
    const { data } = await post(closed, { query: `# words\n${WORDS}\n\n\t${NOTES.replaceAll(' ', '  ')}` });
    expect(data).toEqual(NOTE);
  });

  it.each<[string, object]>([
    ['another document', { query: '{ viewer { id } }' }],
    ['one with a field more', { query: notes.replace('text', 'id text') }],
    ['one with another literal', { query: notes.replace('first: 1', 'first: 100') }],
    ['two in one', { query: `${notes} ${RENAME}`, operationName: 'Notes' }],
    ['introspection', { query: '{ __schema { types { name } } }' }],
    ['no document', { query: '{' }],
    ['a mutation', { query: 'mutation { rename(to: "Eve") { id } }' }],
    ['one that is to be registered', { query: '{ viewer { id } }', extensions: persisted('{ viewer { id } }') }],
    ['one in a request of an odd form', { query: '{ viewer { id } }', more: 1 }],
  ])('refuses %s, and says what to do', async (_what, body) => {
    const answer = await post(closed, body);
    expect([answer.status, answer.code]).toEqual([400, 'QUERY_NOT_IN_SAFELIST']);
    expect(answer.message).toContain('TRUSTED_DOCUMENTS');
    expect(answer.data).toBeUndefined();
  });

  it('refuses hashes of others, also after somebody has tried to register them', async () => {
    const other = '{ viewer { id } }';
    await post(closed, { query: other, extensions: persisted(other) });
    await post(closed, { query: other, extensions: persisted(other), more: 1 });
    for (const body of [{ extensions: persisted(other) }, { extensions: persisted(other), more: 1 }]) {
      const answer = await post(closed, body);
      expect([answer.status, answer.code]).toEqual([400, 'PERSISTED_QUERY_NOT_IN_LIST']);
    }
    expect((await got(closed, { query: other })).errors?.[0]?.extensions.code).toBe('QUERY_NOT_IN_SAFELIST');
  });

  it('asks Apollo Server for no other document, whatever the request looks like', async () => {
    const text = JSON.stringify({ query: '{ viewer { id } }' });
    for (const headers of [
      { 'content-type': 'application/json', accept: 'image/png' },
      { 'content-type': 'application/json; charset=utf8' },
      { 'content-type': 'text/plain' },
    ]) {
      const response = await fetch(`${closed.url}/graphql`, { method: 'POST', headers, body: text });
      expect(await response.json()).not.toHaveProperty('data');
    }
    const twice = await fetch(`${closed.url}/graphql?query=%7Bviewer%7Bid%7D%7D&query=`);
    expect(await twice.json()).not.toHaveProperty('data');
  });

  it('refuses others over WebSocket, subscriptions included', async () => {
    const socket = await openSocket(closed.url);
    socket.send({ type: 'connection_init', payload: { authorization } });
    await socket.next('connection_ack');
    for (const [payload, code] of [
      [{ query: 'subscription { noteAdded { id } }' }, 'QUERY_NOT_IN_SAFELIST'],
      [{ query: '{ viewer { id } }' }, 'QUERY_NOT_IN_SAFELIST'],
      [{ query: '', extensions: persisted('{ viewer { id } }') }, 'PERSISTED_QUERY_NOT_IN_LIST'],
    ] as const) {
      socket.send({ type: 'subscribe', id: '1', payload });
      const { payload: errors } = await socket.next('error');
      expect(errors).toMatchObject([{ extensions: { code } }]);
    }
    socket.close();
  });
});

it('an operation that is not of the schema stops the start by the name of its file', async () => {
  const wrong = mkdtempSync(join(tmpdir(), 'operations-'));
  writeFileSync(join(wrong, 'misspelt.graphql'), 'query Misspelt { note { id } }');
  await expect(start(false, wrong)).rejects.toThrow('misspelt.graphql');
  rmSync(wrong, { recursive: true });
});

it('a stream of ever-new documents, good, bad and registered, keeps so many and no more', async () => {
  const kept = async () => {
    const text = await (await fetch(`${open.url}/metrics`)).text();
    return ['read', 'registered', 'planned'].map((what) =>
      Number(new RegExp(`kept_documents{what="${what}"} (\\d+)`).exec(text)?.[1]),
    );
  };
  for (let round = 0; round < 11; round++) {
    await Promise.all(
      Array.from({ length: 100 }, async (_, at) => {
        const query = `{ notes(first: 1) { a${round}_${at}: id } }`;
        await post(open, { query, extensions: persisted(query) });
        await post(open, { query: `{ a${round}_${at} }` });
      }),
    );
  }
  expect(await kept()).toEqual([1_000, 1_000, 1_000]);
  expect((await post(open, { extensions: persisted(notes) })).data).toEqual(NOTE);
});
