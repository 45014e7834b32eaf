import { SUBGRAPH } from '@starling/platform/wire';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { named, type PeopleOnAWire, peopleOnAWire, wellAnswered } from './people-on-a-wire.ts';

let here: PeopleOnAWire;
beforeEach(async () => {
  here = await peopleOnAWire();
});
afterEach(() => here.close());

describe('an answer for several', () => {
  /** What three get who ask for 1 and 2, for 2 and 3, and for 3 alone. */
  async function given(answer: object | string): Promise<unknown[]> {
    here.people.answer = ({ say }) =>
      say(SUBGRAPH.answer, typeof answer === 'string' ? answer : JSON.stringify(answer));
    const asking = [here.ask([1, 2]), here.ask([2, 3]), here.ask([3])];
    const told = await Promise.allSettled(asking);
    expect(here.joint()).toBe(1);
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
    here.people.answer = wellAnswered;
    expect(await Promise.all([here.ask([1]), here.ask([2])])).toEqual([named(1), named(2)]);
  });

  it('that is refused is refused to all', async () => {
    here.people.answer = ({ say }) => say(SUBGRAPH.refusal, '503');
    const refused = { status: 503, body: undefined };
    expect(await Promise.all([here.ask([1]), here.ask([2])])).toEqual([refused, refused]);
  });

  it('gives none what another could change', async () => {
    const plain = { name: 'Ada', friends: [{ name: 'Bo' }] };
    here.people.answer = ({ say }) => {
      say(SUBGRAPH.shared, JSON.stringify(plain), 7);
      say(SUBGRAPH.shared, JSON.stringify(plain), 8);
      say(SUBGRAPH.entities, `[7,[8,{"more":[{"name":"Cleo"}]}],${JSON.stringify(plain)}]`);
    };
    const [one, other] = (await Promise.all([here.ask([1, 2, 3]), here.ask([1, 2, 3])])) as {
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
    here.people.answer = ({ say }) =>
      say(SUBGRAPH.answer, JSON.stringify({ data: null, errors: [{ message: 'm', extensions: { code: 'C' } }] }));
    const [one, other] = (await Promise.all([here.ask([1]), here.ask([1])])) as {
      body: { errors: { extensions: object }[] };
    }[];
    Object.assign(one?.body.errors[0]?.extensions ?? {}, { code: 'D' });
    expect(other?.body.errors).toEqual([{ message: 'm', extensions: { code: 'C' } }]);
  });
});
