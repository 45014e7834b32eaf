import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLObjectType, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { entitiesForAll } from './entities-for-all.ts';

const nothing = () => null;
const schema = buildSubgraphSchema({
  typeDefs: parse(
    `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    directive @traced on FIELD | QUERY | FRAGMENT_SPREAD | INLINE_FRAGMENT
    interface Named { id: ID! name: String mine: String }
    type Query { viewer: Person person(id: ID!): Person }
    type Mutation { rename: Person }
    type Person implements Named @key(fields: "id") {
      id: ID! name: String born(at: Int): Int tags: [String!]!
      mine: String friends: [Person!] home: Place work: Place pet: Pet owner: Named
    }
    type Place { street: String! city: City! mine: String }
    type City { name: String! }
    type Shop @key(fields: "id") { id: ID! name: String mine: String }
    type Club @key(fields: "id") { id: ID! name: String }
    union Pet = Person | Shop
  `,
  ),
  resolvers: {
    Person: { born: nothing, mine: nothing, friends: nothing, work: nothing },
    Place: { mine: nothing },
    Shop: { name: nothing },
  } as never,
});
(schema.getType('Club') as GraphQLObjectType).isTypeOf = () => true;

const declared = {
  Person: { ofRow: ['born'], ofReference: ['work'] },
  Shop: { ofRow: ['name'], ofFact: { fields: ['name'], read: nothing } },
  Club: { ofRow: [], ofReference: [] },
};

function askedOf(text: string): readonly string[] | undefined {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  return entitiesForAll(schema, declared, document);
}

const entities = (selection: string, { variables = '', fragments = '', on = '' } = {}) =>
  `query Name($representations: [_Any!]!${variables}) ${on} {
    _entities(representations: $representations) { ${selection} } } ${fragments}`;

it.each<[string, string, string[]]>([
  ['fields of the row', entities('... on Person { id name tags }'), ['Person']],
  ['under other names, and what it is', entities('__typename ... on Person { a: __typename mine: name }'), ['Person']],
  ['fields that are declared', entities('... on Person { born(at: 3) work { street } }'), ['Person']],
  ['objects without resolvers', entities('... on Person { home { street city { name } } }'), ['Person']],
  [
    'fragments',
    entities('...F', { fragments: 'fragment F on Person { ... on Person { ...G } } fragment G on Person { id }' }),
    ['Person'],
  ],
  ['a part under no name', entities('... { ... on Person { ... { id } } }'), ['Person']],
  [
    'either way of a condition',
    entities('... on Person { id @include(if: $yes) name @skip(if: $yes) }', { variables: ', $yes: Boolean!' }),
    ['Person'],
  ],
])('%s may be asked for anybody', (_what, text, types) => {
  expect(askedOf(text)).toEqual(types);
});

const MINE = '... on Person { mine }';
const ENTITIES = '_entities(representations: $representations)';
const whole = (body: string, fragments = '') => `query ($representations: [_Any!]!) { ${body} } ${fragments}`;
const yes = { variables: ', $yes: Boolean!' };
it.each<[string, string]>([
  ['a field with a resolver', entities(MINE)],
  ['beside others', entities('... on Person { id name mine }')],
  ['under another name', entities('... on Person { name: mine }')],
  ['in a fragment', entities('...F', { fragments: 'fragment F on Person { mine }' })],
  [
    'in a fragment of a fragment',
    entities('... on Person { ...F }', { fragments: 'fragment F on Person { id ...G } fragment G on Person { mine }' }),
  ],
  ['in a part of a part', entities('... on Person { ... on Person { ... { mine } } }')],
  ['in a second part', entities('... on Person { id } ... on Person { mine }')],
  ['where it may be left out', entities('... on Person { id mine @include(if: $yes) }', yes)],
  ['where it surely is left out', entities('... on Person { id mine @skip(if: true) }')],
  [
    'in a part that may be left out',
    entities('... on Person { id } ...F @skip(if: $yes)', { ...yes, fragments: 'fragment F on Person { mine }' }),
  ],
  ['of an interface', entities('... on Person { id ... on Named { name } }')],
  ['of a fragment on an interface', entities('... on Person { ...F }', { fragments: 'fragment F on Named { mine }' })],
  ['of entities by an interface', entities('... on Named { id }')],
  ['within a plain object', entities('... on Person { home { street mine } }')],
  ['within a declared field', entities('... on Person { work { street mine } }')],
  ['of an object that may itself be another’s', entities('... on Person { friends { id } }')],
  ['a value of a union', entities('... on Person { pet { __typename } }')],
  ['a value of an interface', entities('... on Person { owner { id } }')],
  ['a type of whose references nobody says so', entities('... on Shop { id }')],
  ['such a type beside another', entities('... on Person { id } ... on Shop { id }')],
  ['a type that looks at each of its objects', entities('... on Club { id }')],
  ['no type at all', entities('__typename')],
  ['a directive that is not known', entities('... on Person { id @traced }')],
  ['such a one on a part', entities('... on Person @traced { id }')],
  ['such a one on all', entities('... on Person { id }', { on: '@traced' })],
  ['something beside the entities', whole(`viewer { id } ${ENTITIES} { ... on Person { id } }`)],
  ['entities under another name', whole(`e: ${ENTITIES} { ... on Person { id } }`)],
  ['entities twice', whole(`${ENTITIES} { ... on Person { id } } ${ENTITIES} { ... on Person { name } }`)],
  ['entities under a condition', whole(`${ENTITIES} @skip(if: false) { ... on Person { id } }`)],
  ['entities in a fragment', whole('...F', `fragment F on Query { ${ENTITIES} { ... on Person { id } } }`)],
  [
    'entities that it names itself',
    `{ _entities(representations: [{ __typename: "Person", id: "1" }]) { ... on Person { id } } }`,
  ],
  [
    'entities of another variable',
    `query ($who: [_Any!]!) { _entities(representations: $who) { ... on Person { id } } }`,
  ],
  ['no entities', '{ person(id: "1") { id } }'],
  ['a command', 'mutation { rename { id } }'],
  ['several operations', `${entities('... on Person { id }')} query Other { viewer { id } }`],
])('%s may not', (_what, text) => {
  expect(askedOf(text)).toBeUndefined();
});
