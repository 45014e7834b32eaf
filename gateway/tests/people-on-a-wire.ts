import type { OpenEnding } from '@starling/platform/batching';
import { createIdentitySigner, type Identity } from '@starling/platform/identity';
import { SUBGRAPH } from '@starling/platform/wire';
import { expect } from 'vitest';
import type { WireAnswer } from '../src/execution/wires/asker.ts';
import type { Wire } from '../src/execution/wires/wire.ts';
import { openWires } from '../src/execution/wires/wires.ts';
import { secret, silent } from './fixture.ts';
import { type Asked, standIn } from './stand-in-on-wires.ts';

export const LONG_MS = 600_000;
export const NAMES =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Person { name } } }';
export const FRIENDS = NAMES.replace('name', 'friends { name }');

export const idsOf = ({ variables }: Asked) => variables?.representations?.map(({ id }) => id);
const entitiesOf = (asked: Asked) => (idsOf(asked) ?? []).map((id) => ({ name: `name ${id}` }));
export const data = (...entities: unknown[]) => JSON.stringify({ data: { _entities: entities } });
export const wellAnswered = (question: Asked) => question.say(SUBGRAPH.answer, data(...entitiesOf(question)));
export const named = (...ids: number[]): WireAnswer => ({
  status: 200,
  body: { data: { _entities: ids.map((id) => ({ name: `name ${id}` })) } },
});
export const person = (id: number) => ({ __typename: 'Person', id: `${id}` });
export const viewer = (userId: number): Identity => ({
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

export type PeopleOnAWire = Awaited<ReturnType<typeof peopleOnAWire>>;

/** A wire to what stands in the place of the people's subgraph, which has said that people may be asked for all. */
export async function peopleOnAWire(deadlineMs = LONG_MS) {
  const people = await standIn();
  let joint = 0;
  const wires = openWires({
    name: 'people',
    endpoint: new URL(`${people.url}/graphql`),
    signer: createIdentitySigner({ secret }),
    maxAnswerBytes: 100_000,
    deadlineMs,
    logger: silent,
    onJointQuestion: () => void joint++,
  });
  await expect.poll(() => wires.ready()).toBeDefined();
  const wire = wires.ready() as Wire;
  const asked: Asked[] = [];

  /** What somebody is answered who asks for these people; the first of them is who asks. */
  async function ask(
    ids: readonly number[],
    { query = NAMES, as = viewer(ids[0] ?? 0), leftMs = LONG_MS, patience, others }: Question = {},
  ): Promise<WireAnswer> {
    const representations = ids.map(person);
    const { status, body } = await wire.ask({ query, variables: { representations, ...others } }, as, leftMs, patience);
    return { status, body };
  }

  people.answer = (question) => {
    question.say(SUBGRAPH.forAll, '["Person"]', question.operation);
    wellAnswered(question);
  };
  for (const query of [NAMES, FRIENDS]) await ask([1], { query });
  people.answer = (question) => {
    asked.push(question);
    wellAnswered(question);
  };

  return {
    people,
    wire,
    /** Everything that was asked since then. */
    asked,
    /** How many questions were asked for several. */
    joint: () => joint,
    ask,
    /** From now on nothing is answered: the test does. */
    holdBack() {
      people.answer = (question) => void asked.push(question);
    },
    async close() {
      wires.close();
      await people.close();
    },
  };
}
