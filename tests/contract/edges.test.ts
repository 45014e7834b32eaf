import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';

/** They stand in a moderator's queue alone, and go from it as tweets or not at all. */
const WITHOUT_NODE = ['HeldTweet'];

test('what stands in a list can be read again by its id', () => {
  const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'));
  const held = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && type.name.endsWith('Edge'))
    .map((type) => getNamedType((isObjectType(type) ? type.getFields().node : undefined)?.type));
  expect(held.length).toBeGreaterThan(3);
  const without = held.filter(
    (type) => !(isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node')),
  );
  expect(without.map((type) => type?.name)).toEqual(WITHOUT_NODE);
});
