import type { AddressInfo } from 'node:net';
import { OpenEnding } from '@starling/platform/batching';
import { createIdentitySigner, type Identity, signedOut } from '@starling/platform/identity';
import { SUBGRAPH } from '@starling/platform/wire';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WireAnswer } from '../src/execution/wires/asker.ts';
import { MOST_ASKERS, MOST_ENTITIES } from '../src/execution/wires/joint-question.ts';
import type { Wire } from '../src/execution/wires/wire.ts';
import { openWires, type Wires } from '../src/execution/wires/wires.ts';
import { secret, silent } from './fixture.ts';
import { type Asked, standIn } from './stand-in-on-wires.ts';

const LONG_MS = 600_000;
const NAMES =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Person { name } } }';
const FRIENDS = NAMES.replace('name', 'friends { name }');

let people: ReturnType<typeof standIn>;
let wires: Wires;
let wire: Wire;
/** Everything that was asked, once the subgraph has said what may be asked for all. */
let asked: Asked[];
let joint: number;

const idsOf = ({ variables }: Asked) => variables?.representations?.map(({ id }) => id);
const entitiesOf = (asked: Asked) => (idsOf(asked) ?? []).map((id) => ({ name: `name ${id}` }));
const data = (...entities: unknown[]) => JSON.stringify({ data: { _entities: entities } });
const wellAnswered = (question: Asked) => question.say(SUBGRAPH.answer, data(...entitiesOf(question)));
const named = (...ids: number[]): WireAnswer => ({
  status: 200,
  body: { data: { _entities: ids.map((id) => ({ name: `name ${id}` })) } },
});
const person = (id: number) => ({ __typename: 'Person', id: `${id}` });
const viewer = (userId: number): Identity => ({
  viewer: { userId: `${userId}`, sessionId: `s${userId}`, role: 'USER' },
  requestId: `r${userId}`,
});

interface Question {
  readonly query?: string;
  readonly as?: Identity;
  readonly leftMs?: number;
  readonly patience?: OpenEnding;
  readonly others?: object;
}

async function ask(
  ids: readonly number[],
  { query = NAMES, as = viewer(ids[0] ?? 0), leftMs = LONG_MS, patience, others }: Question = {},
): Promise<WireAnswer> {
  const representations = ids.map(person);
  const { status, body } = await wire.ask({ query, variables: { representations, ...others } }, as, leftMs, patience);
  return { status, body };
}

async function start(deadlineMs: number): Promise<void> {
  people = standIn();
  await new Promise<void>((resolve) => people.server.listen(0, '127.0.0.1', resolve));
  joint = 0;
  wires = openWires({
    name: 'people',
    endpoint: new URL(`http://127.0.0.1:${(people.server.address() as AddressInfo).port}/graphql`),
    signer: createIdentitySigner({ secret }),
    maxAnswerBytes: 100_000,
    deadlineMs,
    logger: silent,
    onJointQuestion: () => void joint++,
  });
  await expect.poll(() => wires.ready()).toBeDefined();
  wire = wires.ready() as Wire;
  people.answer = (question) => {
    question.say(SUBGRAPH.forAll, '["Person"]', question.operation);
    wellAnswered(question);
  };
  for (const query of [NAMES, FRIENDS]) await ask([1], { query });
  asked = [];
  people.answer = (question) => {
    asked.push(question);
    wellAnswered(question);
  };
}
beforeEach(() => start(LONG_MS));
afterEach(async () => {
  wires.close();
  for (const socket of people.sockets) socket.destroy();
  people.server.closeAllConnections();
  await new Promise((resolve) => people.server.close(resolve));
});

/** The others' questions are kept from their answers until the test gives them. */
function heldBack(): void {
  people.answer = (question) => void asked.push(question);
}

describe('what may be asked for nobody in particular', () => {
  it('is asked once for all who ask in one turn, each entity once, and each gets its own', async () => {
    const answers = await Promise.all([
      ask([1, 2], { leftMs: 100 }),
      ask([2, 3], { leftMs: 900 }),
      ask([4, 3, 1, 2], { leftMs: 400 }),
    ]);
    expect(answers).toEqual([named(1, 2), named(2, 3), named(4, 3, 1, 2)]);
    expect(asked.map(idsOf)).toEqual([['1', '2', '3', '4']]);
    expect(asked[0]).toMatchObject({ identity: { viewer: null }, deadlineMs: 900, requestId: 'r1' });
    expect(joint).toBe(1);
  });

  it('is asked at once by who is alone, of nobody’s company', async () => {
    expect(await ask([1])).toEqual(named(1));
    expect(await ask([1, 2])).toEqual(named(1, 2));
    expect(asked.map(idsOf)).toEqual([['1'], ['1', '2']]);
    for (const { identity } of asked) expect(identity?.viewer).toBeNull();
    expect(joint).toBe(0);
  });

  it('leaves in the same write as all else', async () => {
    const [other, one] = await Promise.all([ask([7], { query: '{ other }' }), ask([1]), ask([2])]);
    expect([other, one]).toEqual([named(7), named(1)]);
    expect(asked.map(idsOf)).toEqual([['7'], ['1', '2']]);
  });

  it('is asked apart where it is not the same that is asked', async () => {
    const asking = [
      ask([1]),
      ask([2], { query: FRIENDS }),
      ask([3], { others: { yes: true } }),
      ask([4], { others: { yes: false } }),
      ask([5], { others: { yes: true } }),
      ask([6]),
    ];
    expect(await Promise.all(asking)).toEqual([1, 2, 3, 4, 5, 6].map((id) => named(id)));
    expect(asked.map(idsOf)).toEqual([['1', '6'], ['2'], ['3', '5'], ['4']]);
    expect(asked.map(({ variables }) => (variables as { yes?: boolean }).yes)).toEqual([
      undefined,
      undefined,
      true,
      false,
    ]);
  });

  it('is asked in several questions when there is too much of it', async () => {
    const one = Array.from({ length: MOST_ENTITIES / 2 }, (_, at) => at + 1);
    const other = one.map((id) => id + MOST_ENTITIES / 2);
    const large = [...one, ...other, 999];
    const asking = [one, other, [1, 2], [888], large].map((ids) => ask(ids));
    expect(await Promise.all(asking)).toEqual([one, other, [1, 2], [888], large].map((ids) => named(...ids)));
    expect(asked.map((question) => idsOf(question)?.length)).toEqual([MOST_ENTITIES, 3, large.length]);
    asked = [];
    await Promise.all(Array.from({ length: MOST_ASKERS + 1 }, () => ask([1])));
    expect(asked.map(idsOf)).toEqual([['1'], ['1']]);
    expect(joint).toBe(3);
  });

  it('and belongs to somebody is not', async () => {
    const anew = NAMES.replace('name', 'name id');
    const asking = [
      ask([1], { query: anew }),
      ask([2], { query: anew }),
      wire.ask(
        { query: NAMES, variables: { representations: [{ __typename: 'Tweet', id: '3' }] } },
        viewer(3),
        LONG_MS,
      ),
      wire.ask(
        { query: NAMES, variables: { representations: [person(4), { __typename: 'Tweet', id: '4' }] } },
        viewer(4),
        LONG_MS,
      ),
      wire.ask({ query: NAMES, variables: { representations: [null] } }, viewer(5), LONG_MS),
      wire.ask({ query: NAMES, variables: { representations: 'all' } }, viewer(6), LONG_MS),
      wire.ask({ query: NAMES, variables: null }, viewer(7), LONG_MS),
    ];
    people.answer = (question) => {
      asked.push(question);
      question.say(SUBGRAPH.answer, data());
    };
    await Promise.all(asking);
    expect(asked.map(({ identity }) => identity?.viewer?.userId)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(joint).toBe(0);
  });
});

it('what is on its way nobody joins: it may have been read before something that who asks now has to see', async () => {
  heldBack();
  const before = [ask([1]), ask([1, 2])];
  await expect.poll(() => asked.length).toBe(1);
  const after = [ask([1]), ask([2, 1])];
  await expect.poll(() => asked.length).toBe(2);
  const [first, second] = asked as [Asked, Asked];
  second.say(SUBGRAPH.answer, data({ name: 'new 1' }, { name: 'new 2' }));
  first.say(SUBGRAPH.answer, data({ name: 'old 1' }, { name: 'old 2' }));
  const namesOf = ({ body }: WireAnswer) => (body as { data: { _entities: unknown[] } }).data._entities;
  expect((await Promise.all(before)).map(namesOf)).toEqual([
    [{ name: 'old 1' }],
    [{ name: 'old 1' }, { name: 'old 2' }],
  ]);
  expect((await Promise.all(after)).map(namesOf)).toEqual([
    [{ name: 'new 1' }],
    [{ name: 'new 2' }, { name: 'new 1' }],
  ]);
});

it('what cannot be asked is told to who asks it, and costs nobody else anything', async () => {
  const representations = [{ __typename: 'Person', id: 7n }];
  const faulty = wire.ask({ query: NAMES, variables: { representations } }, viewer(7), LONG_MS);
  const told = await Promise.allSettled([ask([1]), faulty, ask([2])]);
  expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(asked.map(idsOf)).toEqual([['1', '2']]);
  expect(await ask([3])).toEqual(named(3));
});

describe('an answer for several', () => {
  /** What three get who ask for 1 and 2, for 2 and 3, and for 3 alone. */
  async function given(answer: object | string): Promise<unknown[]> {
    people.answer = ({ say }) => say(SUBGRAPH.answer, typeof answer === 'string' ? answer : JSON.stringify(answer));
    const asking = [ask([1, 2]), ask([2, 3]), ask([3])];
    const told = await Promise.allSettled(asking);
    expect(joint).toBe(1);
    return told.map((each) => (each.status === 'fulfilled' ? each.value.body : 'none'));
  }
  const error = (message: string, path?: unknown[]) => ({ message, ...(path && { path }) });

  it('tells of errors those who asked for what they are of, and of errors of all everybody', async () => {
    const [one, two, three] = [{ name: 'one' }, null, { name: null }];
    const errors = [
      error('of two', ['_entities', 1]),
      error('of three', ['_entities', 2, 'friends', 0, 'name']),
      error('of all', ['_entities']),
      error('of none'),
      error('of another', ['_entities', 3]),
    ];
    const [ofAll, ofNone] = [error('of all', ['_entities']), error('of none')];
    const ofAnother = error('of another', ['_entities']);
    expect(await given({ data: { _entities: [one, two, three] }, errors })).toEqual([
      { data: { _entities: [one, two] }, errors: [error('of two', ['_entities', 1]), ofAll, ofNone, ofAnother] },
      {
        data: { _entities: [two, three] },
        errors: [
          error('of two', ['_entities', 0]),
          error('of three', ['_entities', 1, 'friends', 0, 'name']),
          ofAll,
          ofNone,
          ofAnother,
        ],
      },
      {
        data: { _entities: [three] },
        errors: [error('of three', ['_entities', 0, 'friends', 0, 'name']), ofAll, ofNone, ofAnother],
      },
    ]);
  });

  it.each<[string, object, object]>([
    // Of as many as the last has asked for.
    ['too few', { data: { _entities: [{ name: 'one' }] } }, { data: { _entities: [] } }],
    ['too many', { data: { _entities: [1, 2, 3, 4] } }, { data: { _entities: [] } }],
    ['no list', { data: { _entities: { 0: {}, 1: {}, 2: {} } } }, { data: { _entities: [] } }],
    ['no entities', { data: {} }, { data: {} }],
    ['null', { data: { _entities: null } }, { data: { _entities: null } }],
    ['no data', { data: null, errors: [error('all')] }, { data: null, errors: [error('all')] }],
    ['only errors', { errors: [error('all')] }, { errors: [error('all')] }],
    ['errors that are no list', { data: null, errors: {} }, { data: null, errors: {} }],
    ['errors that are none', { data: null, errors: [7] }, { data: null, errors: [7] }],
    ['a list', [], []],
  ])('that is wrong is so for all: %s', async (_what, answer, part) => {
    expect(await given(answer)).toEqual([part, part, part]);
  });

  it.each([
    ['read', '{"data":'],
    ['given to the first', `{"data":{"_entities":[${'['.repeat(40_000)}${']'.repeat(40_000)},null,null]}}`],
  ])('that cannot be %s is none for all, and the next is read', async (_what, text) => {
    expect(await given(text)).toEqual(['none', 'none', 'none']);
    people.answer = wellAnswered;
    expect(await Promise.all([ask([1]), ask([2])])).toEqual([named(1), named(2)]);
  });

  it('that is refused is refused to all', async () => {
    people.answer = ({ say }) => say(SUBGRAPH.refusal, '503');
    const refused = { status: 503, body: undefined };
    expect(await Promise.all([ask([1]), ask([2])])).toEqual([refused, refused]);
  });

  it('gives none what another could change', async () => {
    const plain = { name: 'Ada', friends: [{ name: 'Bo' }] };
    people.answer = ({ say }) => {
      say(SUBGRAPH.shared, JSON.stringify(plain), 7);
      say(SUBGRAPH.shared, JSON.stringify(plain), 8);
      say(SUBGRAPH.entities, `[7,[8,{"more":[{"name":"Cleo"}]}],${JSON.stringify(plain)}]`);
    };
    const [one, other] = (await Promise.all([ask([1, 2, 3]), ask([1, 2, 3])])) as {
      body: { data: { _entities: object[] } };
    }[];
    const expected = JSON.stringify(other?.body);
    const objectsIn = (value: unknown): object[] =>
      typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
    const others = new Set(objectsIn(other?.body));
    const both = objectsIn(one?.body).filter((object) => others.has(object));
    for (const object of both) expect(object).toSatisfy(Object.isFrozen);
    // What everybody gets is the same object, and so is what is made of it kept with it.
    expect(both).toContain(one?.body.data._entities[0]);
    for (const object of objectsIn(one?.body)) if (!Object.isFrozen(object)) Object.assign(object, { name: 'Eve' });
    expect(JSON.stringify(other?.body)).toBe(expected);
  });

  it('gives none an error that another could change', async () => {
    people.answer = ({ say }) =>
      say(SUBGRAPH.answer, JSON.stringify({ data: null, errors: [{ message: 'm', extensions: { code: 'C' } }] }));
    const [one, other] = (await Promise.all([ask([1]), ask([1])])) as { body: { errors: { extensions: object }[] } }[];
    Object.assign(one?.body.errors[0]?.extensions ?? {}, { code: 'D' });
    expect(other?.body.errors).toEqual([{ message: 'm', extensions: { code: 'C' } }]);
  });
});

describe('of several who ask together', () => {
  it('one who leaves costs the others nothing, and the last ends the question', async () => {
    heldBack();
    const endings = [new OpenEnding(), new OpenEnding(), new OpenEnding()];
    const asking = endings.map((patience, at) => ask([at + 1, 9], { patience }));
    const settled = Promise.allSettled(asking);
    await expect.poll(() => asked.length).toBe(1);
    endings[0]?.abort();
    await expect(asking[0]).rejects.toThrow('Nobody waits');
    // Whoever leaves is told to the subgraph before this is asked.
    const after = ask([5], { query: FRIENDS });
    await expect.poll(() => asked.length).toBe(2);
    expect(people.left).toEqual([]);
    endings[1]?.abort();
    endings[2]?.abort();
    await people.someoneLeft.opened;
    expect(people.left).toHaveLength(1);
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    for (const question of asked) wellAnswered(question);
    expect(await after).toEqual(named(5));
    expect(wire.waiting).toBe(0);
  });

  it('those who stay are answered', async () => {
    heldBack();
    const leaving = new OpenEnding();
    const gone = ask([1, 2], { patience: leaving }).catch((fault: Error) => fault.message);
    const stays = [ask([2, 3], { patience: new OpenEnding() }), ask([3])];
    await expect.poll(() => asked.length).toBe(1);
    leaving.abort();
    for (const question of asked) wellAnswered(question);
    expect(await Promise.all(stays)).toEqual([named(2, 3), named(3)]);
    expect(await gone).toContain('Nobody waits');
    expect(people.left).toEqual([]);
  });

  it('who has left by the time it is asked is not asked for', async () => {
    const leaving = new OpenEnding();
    const gone = ask([1], { patience: leaving }).catch((fault: Error) => fault.message);
    const stays = ask([2]);
    leaving.abort();
    expect(await stays).toEqual(named(2));
    expect(await gone).toContain('Nobody waits');
    expect(asked.map(idsOf)).toEqual([['2']]);
    const alone = new OpenEnding();
    const nobody = ask([3], { patience: alone }).catch((fault: Error) => fault.message);
    alone.abort();
    expect(await nobody).toContain('Nobody waits');
    await ask([4]);
    expect(asked.map(idsOf)).toEqual([['2'], ['4']]);
  });

  it('all are told when the connection is closed, before it is asked and after', async () => {
    heldBack();
    const asking = [ask([1]), ask([2])].map((each) => each.catch((fault: Error) => fault.message));
    await expect.poll(() => asked.length).toBe(1);
    const gathered = [ask([3]), ask([4])].map((each) => each.catch((fault: Error) => fault.message));
    wire.destroy();
    for (const told of await Promise.all([...asking, ...gathered])) expect(told).toContain('closed');
    expect(asked).toHaveLength(1);
    expect(joint).toBe(1);
  });
});

it('a subgraph that goes away is still asked what was gathered, and left once that is answered', async () => {
  heldBack();
  const first = ask([1]);
  await expect.poll(() => asked.length).toBe(1);
  people.answer = wellAnswered;
  const [question] = asked;
  question?.say(SUBGRAPH.goingAway, '', 0);
  await expect.poll(() => wire.isOver).toBe(true);
  const gathered = [ask([2]), ask([3])];
  if (question) wellAnswered(question);
  expect(await Promise.all([first, ...gathered])).toEqual([named(1), named(2), named(3)]);
  await expect.poll(() => people.sockets[0]?.destroyed).toBe(true);
});

it('a subgraph that goes away is asked what was gathered also where nobody waits for anything else there', async () => {
  heldBack();
  const leaving = new OpenEnding();
  const gone = ask([1], { patience: leaving }).catch((fault: Error) => fault.message);
  await expect.poll(() => asked.length).toBe(1);
  people.answer = wellAnswered;
  asked[0]?.say(SUBGRAPH.goingAway, '', 0);
  await expect.poll(() => wire.isOver).toBe(true);
  const gathered = [ask([2]), ask([3])];
  leaving.abort();
  expect(await Promise.all(gathered)).toEqual([named(2), named(3)]);
  expect(await gone).toContain('Nobody waits');
  await expect.poll(() => people.sockets[0]?.destroyed).toBe(true);
});

it('an answer for several that is late is none for all of them, and costs nobody else anything', async () => {
  wires.close();
  people.server.closeAllConnections();
  await new Promise((resolve) => people.server.close(resolve));
  await start(1_000);
  heldBack();
  const asking = [ask([1]), ask([2])].map((each) => each.catch((fault: Error) => fault.message));
  await expect.poll(() => asked.length).toBe(1);
  expect(await Promise.all(asking)).toEqual(['No answer within 1000 ms.', 'No answer within 1000 ms.']);
  expect(asked).toHaveLength(1);
});

it('nobody in particular is told once, however many others ask', async () => {
  people.identities.length = 0;
  for (let id = 1; id < 30; id++) await ask([id], { as: id % 3 ? viewer(id) : signedOut('r') });
  expect(people.identities).toHaveLength(1);
  expect(new Set(asked.map(({ identity }) => identity?.viewer))).toEqual(new Set([null]));
});
