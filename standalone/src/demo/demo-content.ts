import { DEMO_PEOPLE, DEMO_USERNAME, type DemoPerson, type Language } from './people.ts';
import { type Random, seededRandom } from './random.ts';
import { writeText } from './write-text.ts';

/** People and tweets are named by their places in the lists; times are milliseconds before the community's first day. */
export interface DemoFollow {
  readonly follower: number;
  readonly followee: number;
}

export interface DemoTweet {
  readonly author: number;
  readonly agoMs: number;
  readonly text: string;
  /** The place of an earlier tweet. */
  readonly replyTo: number | null;
  readonly quotes: number | null;
}

export interface DemoReaction {
  readonly person: number;
  readonly tweet: number;
}

export interface DemoRetweet extends DemoReaction {
  readonly agoMs: number;
}

export interface DemoContent {
  readonly people: readonly DemoPerson[];
  readonly follows: readonly DemoFollow[];
  /** The oldest first. */
  readonly tweets: readonly DemoTweet[];
  readonly likes: readonly DemoReaction[];
  /** The oldest first. */
  readonly retweets: readonly DemoRetweet[];
}

const SEED = 20_061_115;
export const DEMO_TWEETS = 1_500;
const HOUR_MS = 3_600_000;
const SPAN_MS = 28 * 24 * HOUR_MS;
const NEWEST_MS = 2 * 60_000;
const DEMO_FOLLOWING = 20;
const DEMO_OWN_TWEETS = 12;
/** How far back people answer, quote and pass on. */
const MEMORY_MS = 40 * HOUR_MS;

/** The same community every time. */
export function writeDemoContent(): DemoContent {
  const random = seededRandom(SEED);
  const people = DEMO_PEOPLE;
  const follows = chooseFollows(random, people);
  const followersOf = groupFollowers(people, follows);
  const tweets = writeTweets(random, people, followersOf);
  return { people, follows, tweets, ...react(random, tweets, followersOf) };
}

/** Fame falls with the place in the list, for the first ones fast. */
function fame(place: number): number {
  return 1 / (place + 2);
}

function chooseFollows(random: Random, people: readonly DemoPerson[]): DemoFollow[] {
  return people.flatMap((person, follower) => {
    const weights = people.map((other, place) => (place === follower ? 0 : fame(place) * affinity(person, other)));
    const wanted = person.username === DEMO_USERNAME ? DEMO_FOLLOWING : 3 + random.below(22);
    const chosen: DemoFollow[] = [];
    while (chosen.length < wanted) {
      const followee = random.weighted(weights);
      if (followee === undefined) break;
      weights[followee] = 0;
      chosen.push({ follower, followee });
    }
    return chosen;
  });
}

/** How much likelier than a stranger: a common language and common topics count. */
function affinity(one: DemoPerson, other: DemoPerson): number {
  const common = one.topics.filter((topic) => other.topics.includes(topic)).length;
  return (one.language === other.language ? 3 : 1) * (1 + 2 * common);
}

function groupFollowers(people: readonly DemoPerson[], follows: readonly DemoFollow[]): number[][] {
  const followers = people.map((): number[] => []);
  for (const { follower, followee } of follows) followers[followee]?.push(follower);
  return followers;
}

/** Times from the oldest to the newest: any day alike, more in the evening than at night. */
function chooseTimes(random: Random): number[] {
  const times: number[] = [];
  while (times.length < DEMO_TWEETS) {
    const agoMs = NEWEST_MS + Math.floor(random.next() * SPAN_MS);
    const hour = Math.floor(agoMs / HOUR_MS) % 24;
    if (random.chance(hour >= 8 && hour < 15 ? 0.25 : 1) && !times.includes(agoMs)) times.push(agoMs);
  }
  return times.sort((one, other) => other - one);
}

function writeTweets(
  random: Random,
  people: readonly DemoPerson[],
  followersOf: readonly (readonly number[])[],
): DemoTweet[] {
  const authors = chooseAuthors(random, people);
  const written = new Set<string>();
  const tweets: DemoTweet[] = [];
  for (const [place, agoMs] of chooseTimes(random).entries()) {
    const author = authors[place] ?? 0;
    const person = people[author];
    if (!person) throw new Error('A tweet without an author.');
    const turn = random.next();
    const about =
      turn < 0.4 ? findTalk(random, tweets, agoMs, author, person.language, people, followersOf) : undefined;
    const kind = about === undefined ? 'original' : turn < 0.33 ? 'reply' : 'quote';
    const text = writeText(random, person, kind, written);
    const replyTo = kind === 'reply' ? (about ?? null) : null;
    tweets.push({ author, agoMs, text, replyTo, quotes: kind === 'quote' ? (about ?? null) : null });
  }
  return tweets;
}

/** Who writes each of the tweets: everybody some, the busy ones many, and the demo account just a few. */
function chooseAuthors(random: Random, people: readonly DemoPerson[]): number[] {
  const demo = people.findIndex(({ username }) => username === DEMO_USERNAME);
  const weights = people.map((_, place) => (place === demo ? 0 : fame(place) * (0.5 + random.next()) + 0.01));
  const authors = [...people.keys(), ...Array<number>(DEMO_OWN_TWEETS - 1).fill(demo)];
  while (authors.length < DEMO_TWEETS) authors.push(random.weighted(weights) ?? 0);
  // In another order, or everybody's first tweet would be among the oldest.
  for (let last = authors.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    [authors[last], authors[other]] = [authors[other] ?? 0, authors[last] ?? 0];
  }
  return authors;
}

/** A recent tweet to talk about, in the language of the one who talks; of somebody followed rather than of a stranger. */
function findTalk(
  random: Random,
  tweets: readonly DemoTweet[],
  agoMs: number,
  talker: number,
  language: Language,
  people: readonly DemoPerson[],
  followersOf: readonly (readonly number[])[],
): number | undefined {
  const first = tweets.findIndex((tweet) => tweet.agoMs < agoMs + MEMORY_MS);
  if (first < 0) return undefined;
  const recent = tweets.slice(first);
  const chosen = random.weighted(
    recent.map(({ author, agoMs: tweetAgoMs }) => {
      if (author === talker || people[author]?.language !== language) return 0;
      const closeness = followersOf[author]?.includes(talker) ? 6 : 1;
      return closeness * (1 - (tweetAgoMs - agoMs) / MEMORY_MS) ** 2;
    }),
  );
  return chosen === undefined ? undefined : first + chosen;
}

function react(random: Random, tweets: readonly DemoTweet[], followersOf: readonly (readonly number[])[]) {
  const likes: DemoReaction[] = [];
  const retweets: DemoRetweet[] = [];
  for (const [tweet, { author, agoMs, replyTo }] of tweets.entries()) {
    // Some tweets strike a chord, most do not.
    const appeal = random.next() ** 3 * (replyTo === null ? 0.7 : 0.3);
    for (const person of followersOf[author] ?? []) {
      if (random.chance(appeal)) likes.push({ person, tweet });
      if (replyTo === null && random.chance(appeal * 0.12)) {
        const later = Math.floor(random.next() ** 2 * Math.min(MEMORY_MS, agoMs - NEWEST_MS / 2));
        retweets.push({ person, tweet, agoMs: agoMs - later });
      }
    }
  }
  return { likes, retweets: retweets.sort((one, other) => other.agoMs - one.agoMs) };
}
