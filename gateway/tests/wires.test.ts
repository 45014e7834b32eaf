import { startGateway } from '@starling/gateway';
import { SUBGRAPH, WIRE_PROTOCOL } from '@starling/platform/wire';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gate } from '../../platform/tests/support/gate.ts';
import { createFixture, createTokens, secret, silent } from './fixture.ts';
import { ACCEPTED, type Asked, type StandIn, standIn } from './stand-in-on-wires.ts';

const DEADLINE_MS = 10_000;
/** Where something is to be late. What is not may be as well, and is asked for again. */
const SHORT_MS = 3_000;
let people: StandIn;
let gateway: Awaited<ReturnType<typeof startGateway>>;
let tokens: Awaited<ReturnType<typeof createTokens>>;

async function start(fetchDeadlineMs: number): Promise<void> {
  const fixture = createFixture();
  tokens = await createTokens();
  people = await standIn();
  gateway = await startGateway({
    host: '127.0.0.1',
    port: 0,
    subgraphs: [{ name: 'people', url: people.url }, fixture.notes],
    identitySecret: secret,
    supergraphSdl: fixture.supergraphSdl,
    keySet: async () => tokens.keySet,
    logger: silent,
    fetchDeadlineMs,
  });
}
afterEach(async () => {
  await gateway.close();
  await people.close();
});

interface Answer {
  data: { notes: { text: string; author: { name: string | null; noteCount: number } }[] } | null;
  errors?: { message: string; path?: unknown[]; extensions: { code: string } }[];
}

async function ask(
  query = '{ notes(first: 2) { text author { name noteCount } } }',
  { signal, token }: { signal?: AbortSignal; token?: string } = {},
): Promise<Answer> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query }),
    ...(signal && { signal }),
  });
  return (await response.json()) as Answer;
}

const namesOf = ({ data }: Answer) => data?.notes.map(({ author }) => author.name);
const entities = (...given: unknown[]) => JSON.stringify({ data: { _entities: given } });
const wellAnswered = ({ say }: Asked) => say(SUBGRAPH.answer, entities({ name: 'Ada' }, { name: 'Bo' }));

const wellAgain = () => expect.poll(async () => namesOf(await ask())).toEqual(['Ada', 'Bo']);

/** The first fetch opens a wire, and is asked over HTTP meanwhile. */
async function onceOpen(): Promise<void> {
  people.answer = wellAnswered;
  let before: number;
  do {
    before = people.overHttp();
    await wellAgain();
  } while (people.overHttp() > before);
}

async function costsItsFieldsOnly(given: (asked: Asked) => void): Promise<void> {
  people.answer = given;
  const { data, errors } = await ask();
  expect(data?.notes).toEqual([
    { text: 'note 0', author: { name: null, noteCount: 7 } },
    { text: 'note 1', author: { name: null, noteCount: 7 } },
  ]);
  expect(errors).toMatchObject([{ path: ['notes'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
  people.answer = wellAnswered;
}

describe('a subgraph on a wire', () => {
  beforeEach(async () => {
    await start(DEADLINE_MS);
    await onceOpen();
  });

  it('is told an operation and an identity once, and how long it has each time', async () => {
    const asked: Asked[] = [];
    people.answer = (question) => {
      asked.push(question);
      wellAnswered(question);
    };
    const token = await tokens.sign({ sub: '1', sid: '2' });
    people.told.length = 0;
    people.identities.length = 0;
    for (let times = 0; times < 3; times++) expect(namesOf(await ask(undefined, { token }))).toEqual(['Ada', 'Bo']);
    expect(namesOf(await ask())).toEqual(['Ada', 'Bo']);
    expect(asked.map(({ identity }) => identity?.viewer?.userId)).toEqual(['1', '1', '1', undefined]);
    expect(new Set(asked.map(({ requestId }) => requestId)).size).toBe(4);
    expect(people.told).toEqual([]);
    expect(people.identities).toHaveLength(1);
    for (const { deadlineMs, query } of asked) {
      expect(query).toContain('_entities');
      expect(deadlineMs).toBeGreaterThan(0);
      expect(deadlineMs).toBeLessThanOrEqual(DEADLINE_MS);
    }
  });

  it.each<[string, (asked: Asked) => void]>([
    [
      'half, and then closes the socket',
      ({ socket }) => void socket.end(Buffer.from([0, 0, 1, 0, SUBGRAPH.answer, 0, 0, 0, 1, 123])),
    ],
    ['by closing the socket', ({ socket }) => void socket.destroy()],
    ['in HTTP', ({ socket }) => void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n<html><h1>Bad gateway</h1></html>')],
    ['with HTML', ({ say }) => say(SUBGRAPH.answer, '<html><h1>Bad gateway</h1></html>')],
    ['with 10 MB', ({ say }) => say(SUBGRAPH.answer, entities('x'.repeat(10_000_000)))],
    ['with half a text', ({ say }) => say(SUBGRAPH.answer, '{"data":{"_ent')],
    ['with a list', ({ say }) => say(SUBGRAPH.answer, '[]')],
    ['with null', ({ say }) => say(SUBGRAPH.answer, 'null')],
    ['with neither data nor errors', ({ say }) => say(SUBGRAPH.answer, '{}')],
    ['with another kind of message', ({ say }) => say(99, entities({ name: 'Ada' }, { name: 'Bo' }))],
    ['that it does not know this gateway', ({ say }) => say(SUBGRAPH.refusal, '401')],
    ['that it was asked nonsense', ({ say }) => say(SUBGRAPH.refusal, '400')],
    ['with an entity too many', ({ say }) => say(SUBGRAPH.entities, '[null,null,null]')],
    ['with a number that it has not told', ({ say }) => say(SUBGRAPH.entities, '[7,7]')],
    ['with entities that are no list', ({ say }) => say(SUBGRAPH.entities, '{}')],
    [
      'with fields that are no object',
      ({ say }) => {
        say(SUBGRAPH.shared, '{"name":"Ada"}', 7);
        say(SUBGRAPH.entities, '[7,[7,8]]');
      },
    ],
    ['with a shared object that is none', ({ say }) => say(SUBGRAPH.shared, '[]', 7)],
    ['with a shared object that is half of one', ({ say }) => say(SUBGRAPH.shared, '{"name"', 7)],
    ['with a shared object that sets a prototype', ({ say }) => say(SUBGRAPH.shared, '{"__proto__":{}}', 7)],
    ['with a shared object too many', ({ say }) => say(SUBGRAPH.shared, '{"name":"Ada"}', 2 ** 31)],
    ['with a deep nest', ({ say }) => say(SUBGRAPH.answer, `{"data":${'['.repeat(200_000)}${']'.repeat(200_000)}}`)],
  ])('that answers %s costs its own fields only, and is well again at the next request', async (_what, given) => {
    await costsItsFieldsOnly(given);
    expect(namesOf(await ask())).toEqual(['Ada', 'Bo']);
  });

  it('that says too much to one still answers the others', async () => {
    const both: Asked[] = [];
    people.answer = (asked) => {
      if (both.push(asked) < 2) return;
      both[0]?.say(SUBGRAPH.answer, entities('x'.repeat(10_000_000)));
      wellAnswered(asked);
    };
    const answers = await Promise.all([ask(), ask()]);
    expect(answers.map(namesOf)).toEqual(
      expect.arrayContaining([
        [null, null],
        ['Ada', 'Bo'],
      ]),
    );
    expect(people.sockets).toHaveLength(1);
  });

  it('is told by who leaves, and the others are answered', async () => {
    const both: Asked[] = [];
    const asked = gate();
    people.answer = (question) => {
      if (both.push(question) === 2) asked.open();
    };
    const leaving = new AbortController();
    const answered = ask(undefined, { signal: leaving.signal });
    await expect.poll(() => both.length).toBe(1);
    const other = ask();
    await asked.opened;
    leaving.abort();
    await expect(answered).rejects.toThrow();
    await people.someoneLeft.opened;
    // To whom has left as well: nobody hears it.
    for (const question of both) wellAnswered(question);
    expect(namesOf(await other)).toEqual(['Ada', 'Bo']);
    expect(people.sockets).toHaveLength(1);
  });

  it('that has many questions to answer is asked on another wire as well', async () => {
    const waiting: Asked[] = [];
    people.answer = (question) => void waiting.push(question);
    const answers = Array.from({ length: 40 }, () => ask());
    await expect.poll(() => waiting.length).toBe(40);
    await expect.poll(() => [answers.push(ask()), waiting.at(-1)?.wire][1]).toBe(1);
    people.answer = wellAnswered;
    for (const question of waiting) wellAnswered(question);
    for (const answer of answers) expect(namesOf(await answer)).toEqual(['Ada', 'Bo']);
  });

  it('that goes away is asked elsewhere, and answers what it was asked', async () => {
    let last: Asked | undefined;
    people.answer = (question) => {
      last = question;
    };
    const answered = ask();
    await expect.poll(() => last).toBeDefined();
    people.answer = wellAnswered;
    last?.say(SUBGRAPH.goingAway, '', 0);
    const before = people.overHttp();
    await expect.poll(async () => [await ask(), people.overHttp()][1]).toBeGreaterThan(before);
    if (last) wellAnswered(last);
    expect(namesOf(await answered)).toEqual(['Ada', 'Bo']);
  });

  it('says once what everybody gets, in answers with and without more', async () => {
    const query = '{ notes(first: 4) { author { id name friends { id } noteCount } } }';
    const plain = [
      { name: 'Ada', friends: [{ __typename: 'Person', id: '2' }] },
      { name: 'Bo', friends: [] },
    ];
    people.answer = ({ say }) => say(SUBGRAPH.answer, entities(...plain));
    const expected = await ask(query);
    expect(namesOf(expected)).toEqual(['Ada', 'Bo', 'Ada', 'Bo']);
    people.answer = ({ say }) => {
      say(SUBGRAPH.shared, JSON.stringify(plain[0]), 7);
      say(SUBGRAPH.shared, '{"name":"Bo"}', 8);
      say(SUBGRAPH.entities, '[7,[8,{"friends":[]}]]');
    };
    for (let times = 0; times < 3; times++) expect(await ask(query)).toEqual(expected);
    // What is told anew counts from then on.
    people.answer = ({ say }) => {
      say(SUBGRAPH.shared, '{"name":"Eve"}', 8);
      say(SUBGRAPH.entities, '[7,[8,{"friends":[]}]]');
    };
    expect(namesOf(await ask(query))).toEqual(['Ada', 'Eve', 'Ada', 'Eve']);
  });
});

describe('a subgraph on a wire that is late', () => {
  beforeEach(async () => {
    await start(SHORT_MS);
    await onceOpen();
  });

  it.each<[string, (asked: Asked) => void]>([
    ['its whole answer', () => {}],
    [
      'the other half of its answer',
      ({ socket }) => void socket.write(Buffer.from([0, 0, 1, 0, SUBGRAPH.answer, 0, 0, 0, 1, 123])),
    ],
  ])('with %s costs its own fields only, and is well again', async (_what, given) => {
    await costsItsFieldsOnly(given);
    await wellAgain();
  });

  it('with one answer still answers the others, on the same wire', async () => {
    let first = true;
    people.answer = (asked) => {
      if (!first) wellAnswered(asked);
      first = false;
    };
    const late = ask();
    await expect.poll(() => first).toBe(false);
    expect(namesOf(await ask())).toEqual(['Ada', 'Bo']);
    expect(namesOf(await late)).toEqual([null, null]);
    expect(namesOf(await ask())).toEqual(['Ada', 'Bo']);
    expect([people.sockets.length, people.left.length]).toEqual([1, 1]);
  });

  it('and says nothing at all any more is asked on another wire', async () => {
    people.answer = () => {};
    expect(namesOf(await ask())).toEqual([null, null]);
    await expect.poll(() => people.sockets[0]?.destroyed).toBe(true);
    await onceOpen();
    expect(people.sockets).toHaveLength(2);
  });
});

describe('a subgraph without wires', () => {
  beforeEach(() => start(DEADLINE_MS));

  it.each([
    ['refuses them', 'HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'],
    ['speaks something else', ACCEPTED.replace(WIRE_PROTOCOL, 'chess')],
    ['closes the socket', ''],
    ['says nothing', undefined],
  ])('that %s is asked over HTTP', async (_what, accepted) => {
    people.accepted = accepted;
    for (let times = 0; times < 3; times++) expect(namesOf(await ask())).toEqual(['Ada', 'Bo']);
    expect(people.overHttp()).toBe(3);
    // Not asked for again at once.
    expect(people.sockets).toHaveLength(1);
  });
});
