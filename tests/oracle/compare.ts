import { expect } from 'vitest';
import {
  type Person,
  readBookmarks,
  readConversation,
  readEngaged,
  readHome,
  readHomeBackwards,
  readLiked,
  readPeople,
  readProfile,
  readTweets,
} from './client.ts';
import { compareNotifications } from './compare-notifications.ts';
import type { ModelTweet } from './engagement.ts';
import type { Model } from './model.ts';

export async function compareHome(model: Model, person: Person, size: number): Promise<void> {
  const expected = model.home(person.id);
  const entry = (edge: Awaited<ReturnType<typeof readHome>>[number]) => ({
    tweet: edge.node?.id,
    retweetedBy: edge.retweetedBy?.id ?? null,
  });
  expect((await readHome(person, size)).map(entry), `home of ${person.username}`).toEqual(expected);
  expect((await readHomeBackwards(person, size)).map(entry), `home of ${person.username}, backwards`).toEqual(expected);
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

async function comparePeople(model: Model, person: Person, people: readonly Person[], size: number): Promise<void> {
  for (const { id, username } of people) {
    const label = `${username} as ${person.username}`;
    expect(await readPeople(person, id, 'followers', size), `followers of ${label}`).toEqual(
      model.followers(person.id, id),
    );
    expect(await readPeople(person, id, 'following', size), `following of ${label}`).toEqual(
      model.following(person.id, id),
    );
    const profile = await readProfile(person, id, size);
    expect(
      profile.map(({ node, isRetweet, isPinned }) => ({ tweet: node?.id, isRetweet, isPinned })),
      `profile of ${label}`,
    ).toEqual(
      model
        .profile(person.id, id)
        .map(({ tweet, retweetedBy, isPinned }) => ({ tweet, isRetweet: retweetedBy !== null, isPinned })),
    );
    expect(await readLiked(person, id, size), `what ${label} likes`).toEqual(model.liked(person.id, id));
    const data = await person.ask(
      `query ($id: ID!) { user(id: $id) {
         tweetCount followerCount followingCount viewer { isFollowing hasRequestedToFollow } } }`,
      { id },
    );
    const { tweets, followers, following } = model.accountCounts(id);
    expect(data, `counts of ${label}`).toEqual({
      user: {
        tweetCount: tweets,
        followerCount: followers,
        followingCount: following,
        viewer: model.standing(person.id, id),
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

async function compareEngaged(model: Model, person: Person, size: number): Promise<void> {
  const visible = model.allTweets().filter(({ id }) => model.sees(person.id, id));
  const engagement = ({ id }: ModelTweet) => {
    const { likes, retweets, quotes } = model.counts(id);
    return likes + retweets + quotes;
  };
  for (const { id } of visible.sort((a, b) => engagement(b) - engagement(a)).slice(0, 8)) {
    expect(await readEngaged(person, id, 'likedBy', size), `likers of ${id}`).toEqual(model.likers(person.id, id));
    expect(await readEngaged(person, id, 'retweetedBy', size), `retweeters of ${id}`).toEqual(
      model.retweeters(person.id, id),
    );
    expect(await readEngaged(person, id, 'quotes', size), `quotes of ${id}`).toEqual(model.quotes(person.id, id));
  }
}

async function compareBookmarks(model: Model, person: Person, size: number): Promise<void> {
  expect(await readBookmarks(person, size), `bookmarks of ${person.username}`).toEqual(model.bookmarked(person.id));
}

async function compareAskers(model: Model, person: Person): Promise<void> {
  const { followRequests } = await person.ask<{ followRequests: { nodes: { id: string }[] } }>(
    '{ followRequests { nodes { id } } }',
  );
  expect(
    followRequests.nodes.map(({ id }) => id),
    `who asks to follow ${person.username}`,
  ).toEqual(model.askers(person.id));
}

/** Every page of every reader against the model. */
export async function compareEverything(model: Model, people: readonly Person[], size: number): Promise<void> {
  for (const person of people) {
    await compareHome(model, person, size);
    await compareTweets(model, person);
    await comparePeople(model, person, people, size);
    await compareConversations(model, person, size);
    await compareEngaged(model, person, size);
    await compareBookmarks(model, person, size);
    await compareAskers(model, person);
    await compareNotifications(model, person, size);
  }
}
