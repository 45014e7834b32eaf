/* This file was automatically generated. DO NOT UPDATE MANUALLY. */
    import type   { Resolvers } from './types.ts';
    import    { bookmarks as Query_bookmarks } from './../resolvers/Query/bookmarks.ts';
import    { conversation as Query_conversation } from './../resolvers/Query/conversation.ts';
import    { heldTweets as Query_heldTweets } from './../resolvers/Query/heldTweets.ts';
import    { popularTweets as Query_popularTweets } from './../resolvers/Query/popularTweets.ts';
import    { tweet as Query_tweet } from './../resolvers/Query/tweet.ts';
import    { bookmarkTweet as Mutation_bookmarkTweet } from './../resolvers/Mutation/bookmarkTweet.ts';
import    { deleteTweet as Mutation_deleteTweet } from './../resolvers/Mutation/deleteTweet.ts';
import    { discardHeldTweet as Mutation_discardHeldTweet } from './../resolvers/Mutation/discardHeldTweet.ts';
import    { likeTweet as Mutation_likeTweet } from './../resolvers/Mutation/likeTweet.ts';
import    { pinTweet as Mutation_pinTweet } from './../resolvers/Mutation/pinTweet.ts';
import    { postTweet as Mutation_postTweet } from './../resolvers/Mutation/postTweet.ts';
import    { recordTweetViews as Mutation_recordTweetViews } from './../resolvers/Mutation/recordTweetViews.ts';
import    { releaseHeldTweet as Mutation_releaseHeldTweet } from './../resolvers/Mutation/releaseHeldTweet.ts';
import    { removeBookmark as Mutation_removeBookmark } from './../resolvers/Mutation/removeBookmark.ts';
import    { retweet as Mutation_retweet } from './../resolvers/Mutation/retweet.ts';
import    { undoRetweet as Mutation_undoRetweet } from './../resolvers/Mutation/undoRetweet.ts';
import    { unlikeTweet as Mutation_unlikeTweet } from './../resolvers/Mutation/unlikeTweet.ts';
import    { unpinTweet as Mutation_unpinTweet } from './../resolvers/Mutation/unpinTweet.ts';
import    { conversationUpdates as Subscription_conversationUpdates } from './../resolvers/Subscription/conversationUpdates.ts';
import    { tweetUpdates as Subscription_tweetUpdates } from './../resolvers/Subscription/tweetUpdates.ts';
import    { Conversation } from './../resolvers/Conversation.ts';
import    { HeldTweet } from './../resolvers/HeldTweet.ts';
import    { MentionEntity } from './../resolvers/MentionEntity.ts';
import    { Tweet } from './../resolvers/Tweet.ts';
import    { TweetAdded } from './../resolvers/TweetAdded.ts';
import    { TweetCountsChanged } from './../resolvers/TweetCountsChanged.ts';
import    { TweetViewer } from './../resolvers/TweetViewer.ts';
import    { User } from './../resolvers/User.ts';
import    { DateTime,URL } from '@starling/platform/graphql';
    export const resolvers: Resolvers = {
      Query: { bookmarks: Query_bookmarks,conversation: Query_conversation,heldTweets: Query_heldTweets,popularTweets: Query_popularTweets,tweet: Query_tweet },
      Mutation: { bookmarkTweet: Mutation_bookmarkTweet,deleteTweet: Mutation_deleteTweet,discardHeldTweet: Mutation_discardHeldTweet,likeTweet: Mutation_likeTweet,pinTweet: Mutation_pinTweet,postTweet: Mutation_postTweet,recordTweetViews: Mutation_recordTweetViews,releaseHeldTweet: Mutation_releaseHeldTweet,removeBookmark: Mutation_removeBookmark,retweet: Mutation_retweet,undoRetweet: Mutation_undoRetweet,unlikeTweet: Mutation_unlikeTweet,unpinTweet: Mutation_unpinTweet },
      Subscription: { conversationUpdates: Subscription_conversationUpdates,tweetUpdates: Subscription_tweetUpdates },
      Conversation: Conversation,
HeldTweet: HeldTweet,
MentionEntity: MentionEntity,
Tweet: Tweet,
TweetAdded: TweetAdded,
TweetCountsChanged: TweetCountsChanged,
TweetViewer: TweetViewer,
User: User,
DateTime: DateTime,
URL: URL
    }