import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AccountSet } from './account-set.ts';
import { entryRow } from './entry-rows.ts';
import { highOf, lowOf } from './halves.ts';
import { standsAmongPopular } from './stands-among-popular.ts';
import { standsInHome } from './stands-in-home.ts';
import { isClosed, standsInProfile } from './stands-in-profile.ts';
import type { ViewerFacts } from './viewer-facts.ts';

// Each shares half of its id with others, or is next to one where numbers lose their last digit.
const PEOPLE = [(7n << 32n) | 1n, (7n << 32n) | 2n, (8n << 32n) | 1n, 1n, 1n << 53n, (1n << 53n) + 1n].map(String);
const NOW = 1_000;

const person = fc.constantFrom(...PEOPLE);
const people = fc.uniqueArray(person).map((ids) => new Set(ids));
const mute = fc.record({
  onlyRetweets: fc.boolean(),
  endsAt: fc.constantFrom(NOW - 1, NOW + 1, Number.POSITIVE_INFINITY),
});
const world = fc.record({
  viewer: person,
  follows: people,
  blocked: people,
  closed: people,
  mutes: fc.dictionary(person, mute).map((each) => new Map(Object.entries(each))),
});
const entry = fc.record({
  kind: fc.constantFrom('tweet' as const, 'retweet' as const),
  actor: person,
  retweeted: person,
  answered: fc.option(person),
  isDeleted: fc.boolean(),
});
type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;
type Entry = typeof entry extends fc.Arbitrary<infer Value> ? Value : never;

const authorOf = ({ kind, actor, retweeted }: Entry) => (kind === 'retweet' ? retweeted : actor);
const answeredBy = ({ kind, answered }: Entry) => (kind === 'retweet' ? null : answered);

function factsOf({ viewer, follows, blocked, mutes }: World): ViewerFacts {
  const numbers = (ids: Iterable<string>) => Array.from(ids, BigInt);
  return {
    viewerId: viewer,
    graphVersion: 1n,
    viewerHigh: highOf(BigInt(viewer)),
    viewerLow: lowOf(BigInt(viewer)),
    circle: new AccountSet(numbers([viewer, ...follows])),
    hidden: new AccountSet(numbers([...blocked, ...mutes.keys()])),
    blocked,
    mutes,
    mutesWords: false,
    isWhole: true,
  };
}

function rowOf(given: Entry) {
  const [id, tweetId] = given.kind === 'retweet' ? ['500', '400'] : ['500', '500'];
  const answered = answeredBy(given);
  const isReply = answered !== null;
  const { kind, actor: actorId, isDeleted } = given;
  return entryRow({
    id,
    tweetId,
    kind,
    actorId,
    authorId: authorOf(given),
    replyToAuthorId: answered,
    isReply,
    isDeleted,
  });
}

/** The rules as the documentation has them, over texts and sets of them. */
function saysRules(given: World, one: Entry) {
  const { viewer, follows, blocked, closed, mutes } = given;
  const [actor, author, answered] = [one.actor, authorOf(one), answeredBy(one)];
  const inCircle = (user: string) => user === viewer || follows.has(user);
  const isShut = (user: string) => closed.has(user) && !inCircle(user);
  const isMuted = (user: string, onlyRetweets: boolean) =>
    mutes.get(user)?.onlyRetweets === onlyRetweets && (mutes.get(user)?.endsAt ?? 0) > NOW;
  const isThere = !one.isDeleted && !blocked.has(actor) && !blocked.has(author);
  const isHeard = !isMuted(actor, false) && !isMuted(author, false);
  return {
    home:
      isThere &&
      isHeard &&
      inCircle(actor) &&
      (answered === null || actor === viewer || answered === author || inCircle(answered)) &&
      !isShut(author) &&
      !(one.kind === 'retweet' && isMuted(actor, true)),
    popular:
      isThere && isHeard && one.kind === 'tweet' && answered === null && !inCircle(author) && !closed.has(author),
    profile: isThere && !isShut(actor) && !isShut(author),
    closed: blocked.has(author) || isShut(author),
  };
}

test('over facts in memory, entries stand where the documentation says, whoever shares half an id with whom', () => {
  fc.assert(
    fc.property(world, entry, (given, one) => {
      const facts = factsOf(given);
      const row = rowOf(one);
      const isProtected = (user: string) => given.closed.has(user);
      expect({
        home: standsInHome(facts, row, isProtected, NOW),
        popular: standsAmongPopular(facts, row, isProtected, NOW),
        profile: standsInProfile(facts, row, isProtected),
        closed: isClosed(facts, row.authorId, isProtected),
      }).toEqual(saysRules(given, one));
    }),
    { numRuns: 2_000 },
  );
});
