import fc from 'fast-check';

export const PEOPLE = 5;
const person = fc.nat(PEOPLE - 1);
const pick = fc.nat(1_000);
const text = fc.constantFrom('sun', 'Rain and SUN', 'wind');

/** What may happen. `pick` chooses among the tweets or retweets there are; `place` is a time before or after the others. */
export const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('post' as const), by: person, place: fc.option(pick), text }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('reply' as const), by: person, pick, place: fc.option(pick), text }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('quote' as const), by: person, pick, text }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('retweet' as const), by: person, pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), pick }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('follow' as const), by: person, of: person }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('unfollow' as const), by: person, of: person }) },
  // Everybody follows one of two, or all but one do no more: they cross the limit all the time.
  {
    weight: 7,
    arbitrary: fc.record({ do: fc.constant('cross' as const), of: fc.nat(1), stays: person, elsewhere: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('block' as const), by: person, of: person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unblock' as const), by: person, of: person }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('mute' as const),
      by: person,
      of: person,
      onlyRetweets: fc.boolean(),
      until: fc.constantFrom(null, new Date('2001-01-01'), new Date('2101-01-01')),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unmute' as const), by: person, of: person }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('mute word' as const),
      by: person,
      phrase: fc.constantFrom('Sun', 'rain'),
      until: fc.constantFrom(null, new Date('2001-01-01'), new Date('2101-01-01')),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('unmute word' as const),
      by: person,
      phrase: fc.constantFrom('Sun', 'rain'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('protect' as const, 'open' as const), by: person }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('rank' as const), picks: fc.array(pick, { maxLength: 8 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('evict' as const), of: person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('processAll' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('redeliver' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hold fan-out' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hold recents' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release fan-out' as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('read' as const),
      by: person,
      elsewhere: fc.boolean(),
      includePopular: fc.boolean(),
      size: fc.integer({ min: 1, max: 7 }),
      backward: fc.boolean(),
      after: fc.option(pick),
      before: fc.option(pick),
    }),
  },
);
export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
