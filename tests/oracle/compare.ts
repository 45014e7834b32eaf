import { expect } from 'vitest';
import { idsOf, type Person, readConversation, readLists, readTweets } from './client.ts';
import { compareLists } from './compare-lists.ts';
import { compareNotifications } from './compare-notifications.ts';
import { compareOwn, comparePeople, compareSuggestions } from './compare-people.ts';
import type { ModelTweet } from './engagement.ts';
import type { Model } from './model.ts';

export async function compareHome(model: Model, person: Person, size: number): Promise<void> {
  const expected = model.home(person.id);
  const lists = { home: { field: 'homeTimeline', selection: 'node { id } retweetedBy { id }' } };
  for (const direction of ['forwards', 'backwards'] as const) {
    const { home } = await readLists(person, null, lists, size, direction);
    const found = home.map(({ node, retweetedBy }) => ({ tweet: node?.id, retweetedBy: retweetedBy?.id ?? null }));
    expect(found, `home of ${person.username}, ${direction}`).toEqual(expected);
  }
}

/** Every tweet by its id, with its counts and what stands around it. */
export async function compareTweets(model: Model, person: Person): Promise<void> {
  const tweets = model.allTweets();
  const seen = await readTweets(
    person,
    tweets.map(({ id }) => id),
  );
  for (const [index, tweet] of tweets.entries()) {
    const found = seen[index];
    const label = `tweet ${tweet.id} as ${person.username}`;
    if (!model.sees(person.id, tweet.id)) {
      expect(found, label).toBeNull();
      continue;
    }
    const counts = model.counts(tweet.id);
    const place = (id: string | null) => {
      if (id === null) return null;
      const reason = model.place(person.id, id);
      return reason === 'TWEET' ? { __typename: 'Tweet' } : { __typename: 'TweetTombstone', reason };
    };
    expect(found, label).toEqual({
      id: tweet.id,
      text: tweet.text,
      author: { id: tweet.author },
      likeCount: counts.likes,
      retweetCount: counts.retweets,
      replyCount: counts.replies,
      quoteCount: counts.quotes,
      bookmarkCount: counts.bookmarks,
      replyTo: place(tweet.replyTo),
      quoted: place(tweet.quoted),
      viewer: {
        hasLiked: model.hasLiked(person.id, tweet.id),
        hasRetweeted: model.hasRetweeted(person.id, tweet.id),
        hasBookmarked: model.hasBookmarked(person.id, tweet.id),
        isAuthor: tweet.author === person.id,
      },
    });
  }
}

async function compareConversations(model: Model, person: Person, size: number): Promise<void> {
  const tweets = model.allTweets().filter(({ id }) => model.sees(person.id, id));
  const answered = tweets.filter(({ id }) => tweets.some(({ replyTo }) => replyTo === id)).slice(-3);
  const answers = tweets.filter(({ replyTo }) => replyTo !== null).slice(-3);
  for (const { id } of new Set([...answered, ...answers])) {
    const ancestors = model.ancestors(id).map((above) => {
      const reason = model.place(person.id, above);
      return reason === 'TWEET' ? { id: above } : { reason, tweetId: above };
    });
    expect(await readConversation(person, id, size), `conversation of ${id} as ${person.username}`).toEqual({
      ancestors,
      answers: model.answers(person.id, id),
    });
  }
}

/** Of 200 of each doubling of likes, and 500 in all, there is room for as many. */
const POPULAR_AT_ONCE = 100;

const ENGAGED = {
  likers: { field: 'likedBy' },
  retweeters: { field: 'retweetedBy' },
  quotes: { field: 'quotes' },
  answers: { field: 'replies' },
};

/** Who likes and retweets a tweet, and what quotes and answers it: of those with which most was done. */
export async function compareEngaged(model: Model, person: Person, size: number): Promise<void> {
  const visible = model.allTweets().filter(({ id }) => model.sees(person.id, id));
  const engagement = ({ id }: ModelTweet) => {
    const { likes, retweets, quotes } = model.counts(id);
    return likes + retweets + quotes;
  };
  for (const { id } of visible.sort((a, b) => engagement(b) - engagement(a)).slice(0, 8)) {
    const found = await readLists(person, ['tweet', id], ENGAGED, size);
    expect(idsOf(found.likers), `likers of ${id}`).toEqual(model.likers(person.id, id));
    expect(idsOf(found.retweeters), `retweeters of ${id}`).toEqual(model.retweeters(person.id, id));
    expect(idsOf(found.quotes), `quotes of ${id}`).toEqual(model.quotes(person.id, id));
    expect(idsOf(found.answers), `answers to ${id}`).toEqual(model.answers(person.id, id));
  }
}

/** Of a tweet, whether there are so few later ones that are liked, of anybody's, that it has certainly a place among what is popular. */
export type HasPlace = (tweetId: string) => boolean;

/** Where nobody but those of the model likes anything. */
const always: HasPlace = () => true;

/**
 * Of what is popular with everybody: what the model knows is there for a reason, and is there where there is certainly room for
 * it. In which order is for the clock to say.
 */
export async function comparePopular(model: Model, person: Person, hasPlace = always): Promise<void> {
  const lists = { popular: { field: 'popularTweets' } };
  const { popular } = await readLists(person, null, lists, POPULAR_AT_ONCE, 'forwards');
  const found = idsOf(popular).filter((id) => id !== undefined && model.tweet(id) !== undefined);
  const hasRoom = popular.length < POPULAR_AT_ONCE;
  const expected = model.popular(person.id).filter((id) => (hasRoom && hasPlace(id)) || found.includes(id));
  expect(found.toSorted(), `popular tweets as ${person.username}`).toEqual(expected.toSorted());
}

/** Every page of every reader against the model. */
export async function compareEverything(
  model: Model,
  people: readonly Person[],
  size: number,
  hasPlace?: HasPlace,
): Promise<void> {
  for (const person of people) {
    await compareHome(model, person, size);
    await compareTweets(model, person);
    await comparePeople(model, person, people, size);
    await compareConversations(model, person, size);
    await compareEngaged(model, person, size);
    await compareOwn(model, person, size);
    await compareSuggestions(model, person);
    await comparePopular(model, person, hasPlace);
    await compareLists(model, person, people, size);
    await compareNotifications(model, person, size);
  }
}
