import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EntityPlaces } from './entity-places.ts';

const text = fc.constantFrom('1', '2', '', '{}', 'constructor', '__proto__');
const representation = fc.record(
  {
    __typename: fc.constantFrom('Person', 'Place', 'constructor'),
    id: text,
    name: fc.oneof(text, fc.constantFrom(1, 2, null, true)),
    of: fc.record({ id: text }, { noNullPrototype: true }),
  },
  { requiredKeys: ['__typename'], noNullPrototype: true },
);

it('what says the same has one place, and nothing else has it', () => {
  fc.assert(
    fc.property(fc.array(representation, { maxLength: 40 }), (given) => {
      const entities = new EntityPlaces();
      const places = given.map((each) => entities.of(each));
      for (const [at, place] of places.entries()) {
        expect(entities.representations[place]).toEqual(given[at]);
        expect(places.indexOf(place)).toBe(given.findIndex((other) => isDeepStrictEqual(other, given[at])));
      }
      expect(entities.representations).toHaveLength(new Set(places).size);
    }),
    { numRuns: 500 },
  );
});
