import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startGateway } from '@starling/gateway';
import { DEADLINE_HEADER } from '@starling/platform/subgraph-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFixture, createTokens, secret, silent } from './fixture.ts';

const fixture = createFixture();
/** Nothing is late that comes at all. */
const DEADLINE_MS = 600_000;
/** For what does not come. */
const SHORT_MS = 400;

/** What stands in the place of the people's subgraph: it answers as the test says. */
let answer: (response: ServerResponse) => void;
let server: Server;
let gateway: Awaited<ReturnType<typeof startGateway>>;
let hasty: typeof gateway;
let left = 0;
/** What the latest fetch was told of its deadline, in milliseconds. */
let told = 0;

beforeAll(async () => {
  const tokens = await createTokens();
  server = createServer((request, response) => {
    told = Number(request.headers[DEADLINE_HEADER]);
    response.on('close', () => {
      if (!response.writableFinished) left++;
    });
    request.resume().on('end', () => answer(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const start = (fetchDeadlineMs: number) =>
    startGateway({
      host: '127.0.0.1',
      port: 0,
      subgraphs: [{ name: 'people', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, fixture.notes],
      identitySecret: secret,
      supergraphSdl: fixture.supergraphSdl,
      keySet: async () => tokens.keySet,
      logger: silent,
      fetchDeadlineMs,
      requestDeadlineMs: DEADLINE_MS,
    });
  gateway = await start(DEADLINE_MS);
  hasty = await start(SHORT_MS);
});
afterAll(async () => {
  await gateway.close();
  await hasty.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface Answer {
  data: { notes: { text: string; author: unknown }[] } | null;
  errors?: { message: string; path?: unknown[]; extensions: { code: string } }[];
}

async function ask(
  query = '{ notes(first: 2) { text author { name noteCount } } }',
  { signal, of = gateway }: { signal?: AbortSignal; of?: typeof gateway | undefined } = {},
): Promise<Answer> {
  const response = await fetch(`${of.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    ...(signal && { signal }),
  });
  return (await response.json()) as Answer;
}

function json(body: unknown, status = 200): (response: ServerResponse) => void {
  return (response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const entities = (...people: unknown[]) => json({ data: { _entities: people } });
const UNAVAILABLE = [{ path: ['notes'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }];

describe('a subgraph that answers wrongly', () => {
  async function costsItsFieldsOnly(given: typeof answer, of?: typeof gateway): Promise<void> {
    answer = given;
    const { data, errors } = await ask(undefined, { of });
    expect(data?.notes).toEqual([
      { text: 'note 0', author: { name: null, noteCount: 7 } },
      { text: 'note 1', author: { name: null, noteCount: 7 } },
    ]);
    expect(errors).toMatchObject(UNAVAILABLE);
    expect(errors).toHaveLength(1);
  }

  it.each<[string, (response: ServerResponse) => void]>([
    ['nothing in time', () => {}],
    [
      'half of its answer',
      (response) => void response.writeHead(200, { 'content-length': '500' }).write('{"data":{"_ent'),
    ],
  ])('%s costs its own fields only', (_what, given) => costsItsFieldsOnly(given, hasty));

  it.each<[string, (response: ServerResponse) => void]>([
    [
      'and then closes the socket',
      (response) => void response.writeHead(200).write('{"data"', () => response.destroy()),
    ],
    ['by closing the socket', (response) => void response.destroy()],
    ['with HTML', (response) => void response.writeHead(502).end('<html><h1>Bad gateway</h1></html>')],
    ['with 10 MB', json({ data: { _entities: ['x'.repeat(10_000_000)] } })],
    ['with a list', json([])],
    ['with null', json(null)],
    ['with neither data nor errors', json({})],
    ['with errors that are none', json({ errors: 'all wrong' })],
    ['with errors without messages', json({ errors: [{}] })],
    ['with no data, and no reason', json({ data: null })],
    ['with data that is a text', json({ data: 'all well' })],
    ['without entities', json({ data: {} })],
    ['with too few entities', entities({ name: 'Ada' })],
    ['with an entity too many', entities({ name: 'Ada' }, { name: 'Bo' }, { name: 'Eve' })],
    ['with one entity in the place of two', json({ data: { _entities: { name: 'Ada' } } })],
    ['with a deep nest', (response) => void response.end(`{"data":${'['.repeat(200_000)}${']'.repeat(200_000)}}`)],
  ])('%s costs its own fields only', (_what, given) => costsItsFieldsOnly(given));

  it.each<[string, unknown, unknown]>([
    ['a number for a text', { name: 7 }, { name: null, noteCount: 7 }],
    ['a list for a text', { name: ['Ada'] }, { name: null, noteCount: 7 }],
    ['nothing for a text', {}, { name: null, noteCount: 7 }],
    ['a number for an entity', 7, { name: null, noteCount: 7 }],
    ['a list for an entity', [], { name: null, noteCount: 7 }],
  ])('with %s: null there, and an error at its place', async (_what, entity, author) => {
    answer = entities(entity, { name: 'Bo' });
    const { data, errors } = await ask();
    expect(data?.notes.map((note) => note.author)).toEqual([author, { name: 'Bo', noteCount: 7 }]);
    expect(errors).toMatchObject([
      { path: ['notes', 0, 'author', 'name'], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    ]);
  });

  it('with no entity: there is none, which is no error', async () => {
    answer = entities(null, { name: 'Bo' });
    const { data, errors } = await ask();
    expect(data?.notes.map((note) => note.author)).toEqual([
      { name: null, noteCount: 7 },
      { name: 'Bo', noteCount: 7 },
    ]);
    expect(errors).toBeUndefined();
  });

  it.each<[string, unknown, readonly (string | number)[]]>([
    ['a list that holds nothing where it must', { id: '1', friends: [null] }, ['friends', 0]],
    ['a number for an id', { id: '1', friends: [{ id: 7 }] }, ['friends', 0, 'id']],
    ['no id', { id: '1', friends: [{}] }, ['friends', 0, 'id']],
    ['null for an id', { id: '1', friends: [{ id: null }] }, ['friends', 0, 'id']],
    ['nothing of what was asked', { id: '1' }, ['friends']],
    ['a type that nobody knows', { id: '1', friends: [{ __typename: 'Robot', id: '2' }] }, ['friends', 0]],
    ['a type that is no text', { id: '1', friends: [{ __typename: 7, id: '2' }] }, ['friends', 0]],
  ])('with %s: nothing around it, and an error at its place', async (_what, person, place) => {
    answer = json({ data: { person } });
    const { data, errors } = await ask('{ person(id: "1") { id friends { id } } }');
    expect(data).toEqual({ person: { id: '1', friends: null } });
    expect(errors).toEqual([
      { message: expect.any(String), path: ['person', ...place], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    ]);
  });

  it('with an error about what nobody asked for: told at the thing that it is of', async () => {
    answer = json({
      data: { person: null },
      errors: [{ message: 'No id.', path: ['person', 'id'], extensions: { code: 'FORBIDDEN' } }],
    });
    const { data, errors } = await ask('{ person(id: "1") { name noteCount } }');
    expect(data).toEqual({ person: null });
    expect(errors).toMatchObject([{ path: ['person'], extensions: { code: 'FORBIDDEN' } }]);
  });

  it('with another shape of a whole field', async () => {
    for (const friends of [7, 'text', {}, [7], [[]]]) {
      answer = json({ data: { person: { __typename: 'Person', id: '1', friends } } });
      const { data, errors } = await ask(
        '{ person(id: "1") { id friends { id noteCount } } notes(first: 1) { text } }',
      );
      expect(data).toEqual({ person: { id: '1', friends: null }, notes: [{ text: 'note 0' }] });
      expect(errors?.[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR');
    }
  });

  it('names the place of an entity’s error, wherever the entity stands', async () => {
    answer = json({
      data: { _entities: [null, { name: 'Bo' }] },
      errors: [{ message: 'Not this one.', path: ['_entities', 0, 'name'], extensions: { code: 'FORBIDDEN' } }],
    });
    const { data, errors } = await ask('{ notes(first: 4) { author { name } } }');
    expect(data?.notes).toHaveLength(4);
    expect(errors).toEqual(
      [0, 2].map((at) => ({
        message: 'Not this one.',
        path: ['notes', at, 'author', 'name'],
        extensions: { code: 'FORBIDDEN' },
      })),
    );
  });

  it('is well again at the next request', async () => {
    answer = entities({ name: 'Ada' }, { name: 'Bo' });
    expect((await ask()).data?.notes[0]?.author).toEqual({ name: 'Ada', noteCount: 7 });
  });
});

it('is told how long it has', async () => {
  answer = entities({ name: 'Ada' }, { name: 'Bo' });
  await ask();
  expect(told).toBeGreaterThan(0);
  expect(told).toBeLessThanOrEqual(DEADLINE_MS);
});

it('a client that leaves is waited for by nobody: the subgraph’s request ends', async () => {
  const leaving = new AbortController();
  const before = left;
  const asked = new Promise<void>((resolve) => {
    answer = () => resolve();
  });
  const answered = ask(undefined, { signal: leaving.signal });
  await asked;
  leaving.abort();
  await expect(answered).rejects.toThrow();
  await expect.poll(() => left).toBeGreaterThan(before);
});
