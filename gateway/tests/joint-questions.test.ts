import { OpenEnding } from '@starling/platform/batching';
import { signedOut } from '@starling/platform/identity';
import { SUBGRAPH } from '@starling/platform/wire';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WireAnswer } from '../src/execution/wires/asker.ts';
import { MOST_ASKERS, MOST_ENTITIES } from '../src/execution/wires/joint-question.ts';
import {
  data,
  FRIENDS,
  idsOf,
  LONG_MS,
  NAMES,
  named,
  type PeopleOnAWire,
  peopleOnAWire,
  person,
  viewer,
  wellAnswered,
} from './people-on-a-wire.ts';
import type { Asked } from './stand-in-on-wires.ts';

let here: PeopleOnAWire;
beforeEach(async () => {
  here = await peopleOnAWire();
});
afterEach(() => here.close());

describe('what may be asked for nobody in particular', () => {
  it('is asked once for all who ask in one turn, each entity once, and each gets its own', async () => {
    const answers = await Promise.all([
      here.ask([1, 2], { leftMs: 100 }),
      here.ask([2, 3], { leftMs: 900 }),
      here.ask([4, 3, 1, 2], { leftMs: 400 }),
    ]);
    expect(answers).toEqual([named(1, 2), named(2, 3), named(4, 3, 1, 2)]);
    expect(here.asked.map(idsOf)).toEqual([['1', '2', '3', '4']]);
    expect(here.asked[0]).toMatchObject({ identity: { viewer: null }, deadlineMs: 900, requestId: 'r1' });
    expect(here.joint()).toBe(1);
  });

  it('is asked at once by who is alone, of nobody’s company', async () => {
    expect(await here.ask([1])).toEqual(named(1));
    expect(await here.ask([1, 2])).toEqual(named(1, 2));
    expect(here.asked.map(idsOf)).toEqual([['1'], ['1', '2']]);
    for (const { identity } of here.asked) expect(identity?.viewer).toBeNull();
    expect(here.joint()).toBe(0);
  });

  it('leaves in the same write as all else', async () => {
    const [other, one] = await Promise.all([here.ask([7], { query: '{ other }' }), here.ask([1]), here.ask([2])]);
    expect([other, one]).toEqual([named(7), named(1)]);
    expect(here.asked.map(idsOf)).toEqual([['7'], ['1', '2']]);
  });

  it('is asked apart where it is not the same that is asked', async () => {
    const asking = [
      here.ask([1]),
      here.ask([2], { query: FRIENDS }),
      here.ask([3], { others: { yes: true } }),
      here.ask([4], { others: { yes: false } }),
      here.ask([5], { others: { yes: true } }),
      here.ask([6]),
    ];
    expect(await Promise.all(asking)).toEqual([1, 2, 3, 4, 5, 6].map((id) => named(id)));
    expect(here.asked.map(idsOf)).toEqual([['1', '6'], ['2'], ['3', '5'], ['4']]);
    expect(here.asked.map(({ variables }) => (variables as { yes?: boolean }).yes)).toEqual([
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
    const asking = [one, other, [1, 2], [888], large].map((ids) => here.ask(ids));
    expect(await Promise.all(asking)).toEqual([one, other, [1, 2], [888], large].map((ids) => named(...ids)));
    expect(here.asked.map((question) => idsOf(question)?.length)).toEqual([MOST_ENTITIES, 3, large.length]);
    here.asked.length = 0;
    await Promise.all(Array.from({ length: MOST_ASKERS + 1 }, () => here.ask([1])));
    expect(here.asked.map(idsOf)).toEqual([['1'], ['1']]);
    expect(here.joint()).toBe(3);
  });

  it('and belongs to somebody is not', async () => {
    const anew = NAMES.replace('name', 'name id');
    const asking = [
      here.ask([1], { query: anew }),
      here.ask([2], { query: anew }),
      here.wire.ask(
        { query: NAMES, variables: { representations: [{ __typename: 'Tweet', id: '3' }] } },
        viewer(3),
        LONG_MS,
      ),
      here.wire.ask(
        { query: NAMES, variables: { representations: [person(4), { __typename: 'Tweet', id: '4' }] } },
        viewer(4),
        LONG_MS,
      ),
      here.wire.ask({ query: NAMES, variables: { representations: [null] } }, viewer(5), LONG_MS),
      here.wire.ask({ query: NAMES, variables: { representations: 'all' } }, viewer(6), LONG_MS),
      here.wire.ask({ query: NAMES, variables: null }, viewer(7), LONG_MS),
    ];
    here.people.answer = (question) => {
      here.asked.push(question);
      question.say(SUBGRAPH.answer, data());
    };
    await Promise.all(asking);
    expect(here.asked.map(({ identity }) => identity?.viewer?.userId)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(here.joint()).toBe(0);
  });
});

it('what is on its way nobody joins: it may have been read before something that who asks now has to see', async () => {
  here.holdBack();
  const before = [here.ask([1]), here.ask([1, 2])];
  await expect.poll(() => here.asked.length).toBe(1);
  const after = [here.ask([1]), here.ask([2, 1])];
  await expect.poll(() => here.asked.length).toBe(2);
  const [first, second] = here.asked as [Asked, Asked];
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
  const faulty = here.wire.ask({ query: NAMES, variables: { representations } }, viewer(7), LONG_MS);
  const told = await Promise.allSettled([here.ask([1]), faulty, here.ask([2])]);
  expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(here.asked.map(idsOf)).toEqual([['1', '2']]);
  expect(await here.ask([3])).toEqual(named(3));
});

describe('of several who ask together', () => {
  it('one who leaves costs the others nothing, and the last ends the question', async () => {
    here.holdBack();
    const endings = [new OpenEnding(), new OpenEnding(), new OpenEnding()];
    const asking = endings.map((patience, at) => here.ask([at + 1, 9], { patience }));
    const settled = Promise.allSettled(asking);
    await expect.poll(() => here.asked.length).toBe(1);
    endings[0]?.abort();
    await expect(asking[0]).rejects.toThrow('Nobody waits');
    // Whoever leaves is told to the subgraph before this is asked.
    const after = here.ask([5], { query: FRIENDS });
    await expect.poll(() => here.asked.length).toBe(2);
    expect(here.people.left).toEqual([]);
    endings[1]?.abort();
    endings[2]?.abort();
    await here.people.someoneLeft.opened;
    expect(here.people.left).toHaveLength(1);
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    for (const question of here.asked) wellAnswered(question);
    expect(await after).toEqual(named(5));
    expect(here.wire.waiting).toBe(0);
  });

  it('those who stay are answered', async () => {
    here.holdBack();
    const leaving = new OpenEnding();
    const gone = here.ask([1, 2], { patience: leaving }).catch((fault: Error) => fault.message);
    const stays = [here.ask([2, 3], { patience: new OpenEnding() }), here.ask([3])];
    await expect.poll(() => here.asked.length).toBe(1);
    leaving.abort();
    for (const question of here.asked) wellAnswered(question);
    expect(await Promise.all(stays)).toEqual([named(2, 3), named(3)]);
    expect(await gone).toContain('Nobody waits');
    expect(here.people.left).toEqual([]);
  });

  it('who has left by the time it is asked is not asked for', async () => {
    const leaving = new OpenEnding();
    const gone = here.ask([1], { patience: leaving }).catch((fault: Error) => fault.message);
    const stays = here.ask([2]);
    leaving.abort();
    expect(await stays).toEqual(named(2));
    expect(await gone).toContain('Nobody waits');
    expect(here.asked.map(idsOf)).toEqual([['2']]);
    const alone = new OpenEnding();
    const nobody = here.ask([3], { patience: alone }).catch((fault: Error) => fault.message);
    alone.abort();
    expect(await nobody).toContain('Nobody waits');
    await here.ask([4]);
    expect(here.asked.map(idsOf)).toEqual([['2'], ['4']]);
  });

  it('all are told when the connection is closed, before it is asked and after', async () => {
    here.holdBack();
    const asking = [here.ask([1]), here.ask([2])].map((each) => each.catch((fault: Error) => fault.message));
    await expect.poll(() => here.asked.length).toBe(1);
    const gathered = [here.ask([3]), here.ask([4])].map((each) => each.catch((fault: Error) => fault.message));
    here.wire.destroy();
    for (const told of await Promise.all([...asking, ...gathered])) expect(told).toContain('closed');
    expect(here.asked).toHaveLength(1);
    expect(here.joint()).toBe(1);
  });
});

it('a subgraph that goes away is still asked what was gathered, and left once that is answered', async () => {
  here.holdBack();
  const first = here.ask([1]);
  await expect.poll(() => here.asked.length).toBe(1);
  here.people.answer = wellAnswered;
  const [question] = here.asked;
  question?.say(SUBGRAPH.goingAway, '', 0);
  await expect.poll(() => here.wire.isOver).toBe(true);
  const gathered = [here.ask([2]), here.ask([3])];
  if (question) wellAnswered(question);
  expect(await Promise.all([first, ...gathered])).toEqual([named(1), named(2), named(3)]);
  await expect.poll(() => here.people.sockets[0]?.destroyed).toBe(true);
});

it('a subgraph that goes away is asked what was gathered also where nobody waits for anything else there', async () => {
  here.holdBack();
  const leaving = new OpenEnding();
  const gone = here.ask([1], { patience: leaving }).catch((fault: Error) => fault.message);
  await expect.poll(() => here.asked.length).toBe(1);
  here.people.answer = wellAnswered;
  here.asked[0]?.say(SUBGRAPH.goingAway, '', 0);
  await expect.poll(() => here.wire.isOver).toBe(true);
  const gathered = [here.ask([2]), here.ask([3])];
  leaving.abort();
  expect(await Promise.all(gathered)).toEqual([named(2), named(3)]);
  expect(await gone).toContain('Nobody waits');
  await expect.poll(() => here.people.sockets[0]?.destroyed).toBe(true);
});

it('an answer for several that is late is none for all of them, and costs nobody else anything', async () => {
  await here.close();
  here = await peopleOnAWire(1_000);
  here.holdBack();
  const asking = [here.ask([1]), here.ask([2])].map((each) => each.catch((fault: Error) => fault.message));
  await expect.poll(() => here.asked.length).toBe(1);
  expect(await Promise.all(asking)).toEqual(['No answer within 1000 ms.', 'No answer within 1000 ms.']);
  expect(here.asked).toHaveLength(1);
});

it('nobody in particular is told once, however many others ask', async () => {
  here.people.identities.length = 0;
  for (let id = 1; id < 30; id++) await here.ask([id], { as: id % 3 ? viewer(id) : signedOut('r') });
  expect(here.people.identities).toHaveLength(1);
  expect(new Set(here.asked.map(({ identity }) => identity?.viewer))).toEqual(new Set([null]));
});
