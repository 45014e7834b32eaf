/** An entry of a timeline: a tweet that `actorId` wrote, or its retweet of a tweet that `authorId` wrote. */
export interface Entry {
  readonly id: string;
  readonly kind: 'tweet' | 'retweet';
  readonly actorId: string;
  readonly tweetId: string;
  readonly authorId: string;
}

/** The columns of an `Entry`, of a row by this alias. */
export function entryColumns(alias: string): string {
  return `${alias}.id, ${alias}.kind, ${alias}.actor_id AS "actorId", ${alias}.tweet_id AS "tweetId",
    ${alias}.author_id AS "authorId"`;
}

/** How GraphQL refers to the entry's tweet, and to who retweeted it (null when nobody did: it is the tweet itself). */
export function tweetOf({ tweetId }: Entry): { __typename: 'Tweet'; id: string } {
  return { __typename: 'Tweet', id: tweetId };
}

export function retweeterOf({ kind, actorId }: Entry): { __typename: 'User'; id: string } | null {
  return kind === 'retweet' ? { __typename: 'User', id: actorId } : null;
}
