export * from './bulk-engagement.ts';
export * from './bulk-tweets.ts';
export * from './events.ts';
export { checkCounts, rebuildCounts } from './look-after-counts.ts';
export { migrations } from './migrations.ts';
export { createTweets, type Tweets, type TweetsOptions } from './subgraph.ts';
export {
  type Cashtag,
  type Hashtag,
  type Link,
  type Mention,
  mentionedUsernames,
  type TweetEntities,
  withMentionedAccounts,
} from './text/entities.ts';
export { type ParsedTweetText, parseTweetText, type TweetTextOptions } from './text/parse-tweet-text.ts';
