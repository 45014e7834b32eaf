import type { EventLog } from '@starling/platform/event-log';
import type { Transaction } from '@starling/platform/postgres';
import { IMPORT_WRITER, type Kind, makeSnowflake } from '@starling/platform/snowflake';
import { addFollowsInBulk } from '@starling/social-graph';
import { addLikesInBulk, addRetweetsInBulk, addTweetsInBulk, type BulkTweet, parseTweetText } from '@starling/tweets';
import { addAccountsInBulk } from '@starling/users';
import { DEMO_SEQUENCE } from '../import/mapping.ts';
import { type DemoContent, writeDemoContent } from './demo-content.ts';
import { DEMO_USERNAME } from './people.ts';

const DAY_MS = 86_400_000;

/**
 * Ids of one kind, made in the order of time: two of the same millisecond get one after the other. They are made by the
 * writer of imported things, which no process leases, with a sequence that no imported source has.
 */
function idMaker(kind: Kind): (ms: number) => string {
  let lastMs = 0;
  return (ms) => {
    lastMs = Math.max(ms, lastMs + 1);
    return makeSnowflake({ ms: lastMs, kind, writer: IMPORT_WRITER, sequence: DEMO_SEQUENCE });
  };
}

/** The item at a place that the content itself has named. */
function at<Item>(items: readonly Item[], place: number): Item {
  const item = items[place];
  if (item === undefined) throw new Error(`The demo community has nothing at ${place}.`);
  return item;
}

/**
 * Writes the demo community, in the caller's transaction: sixty people who joined over the last year, and what they said
 * in the four weeks before `nowMs`. Answers the id of the account to log in to.
 */
export async function createDemoCommunity(
  transaction: Transaction,
  eventLog: Pick<EventLog, 'append'>,
  passwordHash: string,
  nowMs: number,
): Promise<string> {
  const content = writeDemoContent();
  const userIds = await createPeople(transaction, eventLog, content, passwordHash, nowMs);
  const follows = content.follows.map(({ follower, followee }) => ({
    followerId: at(userIds, follower),
    followeeId: at(userIds, followee),
  }));
  await addFollowsInBulk(transaction, eventLog, follows);
  const tweets = toTweets(content, userIds, nowMs);
  await addTweetsInBulk(transaction, eventLog, tweets);
  const reaction = ({ person, tweet }: { person: number; tweet: number }) => {
    const { id, authorId } = at(tweets, tweet);
    return { tweetId: id, authorId, userId: at(userIds, person) };
  };
  await addLikesInBulk(transaction, eventLog, content.likes.map(reaction));
  const makeId = idMaker('retweet');
  const retweets = content.retweets.map((retweet) => ({ ...reaction(retweet), id: makeId(nowMs - retweet.agoMs) }));
  await addRetweetsInBulk(transaction, eventLog, retweets);
  return at(
    userIds,
    content.people.findIndex(({ username }) => username === DEMO_USERNAME),
  );
}

async function createPeople(
  transaction: Transaction,
  eventLog: Pick<EventLog, 'append'>,
  { people }: DemoContent,
  passwordHash: string,
  nowMs: number,
): Promise<string[]> {
  const makeId = idMaker('user');
  // The best known have been there the longest; the newest came before anybody spoke.
  const accounts = people.map(({ username, displayName, bio, location }, place) => ({
    id: makeId(nowMs - (31 + 6 * (people.length - place)) * DAY_MS),
    username,
    email: `${username}@demo.invalid`,
    passwordHash: username === DEMO_USERNAME ? passwordHash : null,
    displayName,
    bio,
    location,
  }));
  await addAccountsInBulk(transaction, eventLog, accounts);
  return accounts.map(({ id }) => id);
}

function toTweets({ people, tweets }: DemoContent, userIds: readonly string[], nowMs: number): BulkTweet[] {
  const makeId = idMaker('tweet');
  const made: BulkTweet[] = [];
  for (const { author, agoMs, text, replyTo, quotes } of tweets) {
    const id = makeId(nowMs - agoMs);
    const target = replyTo === null ? undefined : at(made, replyTo);
    const { entities, error } = parseTweetText(text);
    if (error) throw new Error(`${error}: ${text}`);
    made.push({
      id,
      authorId: at(userIds, author),
      text,
      entities,
      language: at(people, author).language,
      conversationId: target?.conversationId ?? id,
      replyTo: target ? { tweetId: target.id, authorId: target.authorId } : null,
      quotedTweetId: quotes === null ? null : at(made, quotes).id,
    });
  }
  return made;
}
