import type { Identity } from '@starling/platform/identity';
import { createSubgraphRunner } from '@starling/platform/subgraph-server';
import { createLogger } from '@starling/platform/telemetry';
import { getNamedType, isCompositeType, isObjectType, isUnionType } from 'graphql';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import * as documents from '../../schema/generated/graphql.ts';
import { createClient, type Person } from '../contract/people.ts';
import { type RunningStarling, startStarling } from '../support/starling.ts';

const home = (ofAuthor: string, variables = '', fragments = '') => `
  query Home${variables} { homeTimeline(first: 20) { edges { node { text author { ${ofAuthor} } } } } } ${fragments}`;

/** Nothing of an author here depends on who asks, in whichever subgraph. */
const EVERYBODYS = home('id username displayName bio isProtected followerCount tweetCount');

/** Something of the author does, at one subgraph at least. */
const SOMEBODYS: Readonly<Record<string, string>> = {
  plain: home('username account { email }'),
  renamed: home('username bio: account { displayName: email }'),
  'in fragments': home('...A', '', 'fragment A on User { username ...B } fragment B on User { account { email } }'),
  'on a condition': home('username account @include(if: $yes) { email }', '($yes: Boolean! = true)'),
  'on a condition that does not hold': home('username account @skip(if: $yes) { email }', '($yes: Boolean! = true)'),
  'of an interface': home('username ... on Node { ... on User { account { email } } }'),
};
/** The same for what stands in the social graph. */
const RELATED = home('followerCount viewer { isFollowing isSelf }');

let starling: RunningStarling;
let client: ReturnType<typeof createClient>;
let readers: Person[];
let writers: Person[];

beforeAll(async () => {
  starling = await startStarling({ shape: 'over-http' });
  client = createClient(starling);
  const register = (names: readonly string[]) => Promise.all(names.map((name) => client.register(name)));
  readers = await register(['ada', 'bo', 'cleo', 'dan', 'eve', 'finn']);
  writers = await register(['gil', 'hal', 'ida']);
  // Each pair of readers follows others, and themselves they see in their homes.
  for (const [at, reader] of readers.entries()) {
    for (const writer of writers.filter((_writer, of) => of !== at % 4))
      await reader.ask(documents.FollowUserDocument, { input: { userId: writer.id } });
    await reader.post(`I am ${reader.username}`);
  }
  for (const writer of writers) for (let at = 0; at < 3; at++) await writer.post(`${writer.username} says ${at}`);
  await starling.processAll();
});
afterEach(() => void vi.restoreAllMocks());
afterAll(() => starling.stop());

/** For whom each context of a subgraph is made from now on. */
function contextsOf(name: string): (string | undefined)[] {
  const viewers: (string | undefined)[] = [];
  const subgraph = starling.subgraphs.find((each) => each.name === name);
  if (!subgraph) throw new Error(`There is no subgraph ${name}.`);
  const { createContext } = subgraph;
  vi.spyOn(subgraph, 'createContext').mockImplementation((identity: Identity, signal) => {
    viewers.push(identity.viewer?.userId);
    return createContext(identity, signal);
  });
  return viewers;
}

async function jointQuestions(subgraph: string): Promise<number> {
  const text = await (await fetch(`${starling.url}/metrics`)).text();
  return Number(
    new RegExp(`^starling_gateway_joint_questions_total{subgraph="${subgraph}"} (\\d+)$`, 'm').exec(text)?.[1] ?? 0,
  );
}

const answerTo = async (query: string, { accessToken }: Person) =>
  JSON.stringify(await starling.graphql(query, {}, accessToken));

/** What each is answered who asks alone. */
async function alone(query: string): Promise<string[]> {
  const answers: string[] = [];
  for (const reader of readers) answers.push(await answerTo(query, reader));
  return answers;
}

/** What each is answered while all others ask as well, several times each. */
function allAtOnce(query: string): Promise<string[][]> {
  return Promise.all([1, 2, 3].map(() => Promise.all(readers.map((reader) => answerTo(query, reader)))));
}

it('what everybody sees of authors is asked once for several, by nobody, and each gets their own page', async () => {
  const expected = await alone(EVERYBODYS);
  expect(new Set(expected).size).toBe(readers.length);
  const asked = new Map(['users', 'social-graph', 'tweets'].map((name) => [name, contextsOf(name)]));
  const before = await jointQuestions('users');
  // They ask in the same turn of the event loop or not, as it happens.
  await expect
    .poll(async () => {
      for (const answers of await allAtOnce(EVERYBODYS)) expect(answers).toEqual(expected);
      return (await jointQuestions('users')) > before && (await jointQuestions('social-graph')) > 0;
    })
    .toBe(true);
  for (const viewers of asked.values()) viewers.length = 0;
  for (const answers of await allAtOnce(EVERYBODYS)) expect(answers).toEqual(expected);
  for (const name of ['users', 'social-graph']) expect(new Set(asked.get(name))).toEqual(new Set([undefined]));
  // Whether a tweet may be seen is decided for each, each time.
  for (const reader of readers) expect(asked.get('tweets')?.filter((viewer) => viewer === reader.id)).toHaveLength(3);
});

it.each(Object.entries(SOMEBODYS))('what somebody alone sees is asked by each for itself: %s', async (_what, query) => {
  const expected = await alone(query);
  for (const [at, answer] of expected.entries()) {
    for (const [of, other] of readers.entries())
      expect(answer.includes(other.email)).toBe(at === of && !query.includes('@skip'));
  }
  const viewers = contextsOf('users');
  const before = await jointQuestions('users');
  for (let round = 0; round < 3; round++) {
    viewers.length = 0;
    for (const answers of await allAtOnce(query)) expect(answers).toEqual(expected);
    expect(viewers.sort()).toEqual([...readers, ...readers, ...readers].map(({ id }) => id).sort());
  }
  expect(await jointQuestions('users')).toBe(before);
});

it('how a reader and an author stand to each other is asked by each for itself', async () => {
  const expected = await alone(RELATED);
  const viewers = contextsOf('social-graph');
  const before = await jointQuestions('social-graph');
  for (let round = 0; round < 3; round++) {
    for (const answers of await allAtOnce(RELATED)) expect(answers).toEqual(expected);
  }
  for (const { id } of readers) expect(viewers).toContain(id);
  expect(viewers).not.toContain(undefined);
  expect(await jointQuestions('social-graph')).toBe(before);
});

it('all who ask after a change see it, however they ask', async () => {
  const [writer] = writers as [Person];
  const [, blocked] = readers as [Person, Person];
  for (let round = 0; round < 5; round++) {
    const displayName = `Renamed ${round}`;
    // Some have asked before, and may have been asked for since.
    const before = readers.map((each) => answerTo(EVERYBODYS, each));
    await writer.ask(documents.UpdateProfileDocument, { input: { displayName } });
    for (const answers of await allAtOnce(EVERYBODYS)) {
      for (const [at, answer] of answers.entries()) expect(answer.includes(displayName)).toBe(at % 4 !== 0);
    }
    await Promise.all(before);
  }
  const seen = await answerTo(EVERYBODYS, blocked);
  await writer.ask(documents.BlockUserDocument, { input: { userId: blocked.id } });
  for (const answers of await allAtOnce(EVERYBODYS)) {
    expect(answers[1]).not.toContain(writer.username);
    expect(answers[2]).toContain(writer.username);
  }
  expect(seen).toContain(writer.username);
});

it('nothing else may be asked for nobody in particular', () => {
  const mayBe = starling.subgraphs.flatMap((subgraph) => {
    const { forAll } = createSubgraphRunner(subgraph, createLogger('test', 'fatal'));
    const entities = subgraph.schema.getType('_Entity');
    const types = isUnionType(entities) ? entities.getTypes() : [];
    return types.flatMap((type) =>
      Object.values(type.getFields()).flatMap(({ name, type: value }) => {
        const inner = getNamedType(value);
        const selection = !isCompositeType(inner)
          ? ''
          : isObjectType(inner)
            ? `{ ${Object.keys(inner.getFields())[0]} }`
            : '{ __typename }';
        const text = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type.name} { ${name} ${selection} } } }`;
        return forAll(text) ? [`${subgraph.name} ${type.name}.${name}`] : [];
      }),
    );
  });
  expect(mayBe.sort()).toEqual(
    [
      ...['id', 'username', 'displayName', 'bio', 'location', 'website', 'isVerified', 'isProtected', 'createdAt'].map(
        (name) => `users User.${name}`,
      ),
      ...['id', 'followerCount', 'followingCount'].map((name) => `social-graph User.${name}`),
      ...['id', 'tweetCount'].map((name) => `tweets User.${name}`),
    ].sort(),
  );
});
