import { expect, it } from 'vitest';
import {
  BookmarksDocument,
  BookmarkTweetDocument,
  ConversationDocument,
  DeleteTweetDocument,
  LikedByDocument,
  LikeTweetDocument,
  PopularTweetsDocument,
  PostTweetDocument,
  RemoveBookmarkDocument,
  RetweetDocument,
  RetweetedByDocument,
  TweetByIdDocument,
  UndoRetweetDocument,
  UnlikeTweetDocument,
} from '../../schema/generated/graphql.ts';
import type { Client } from './people.ts';

export function tweetsContract(client: () => Client): void {
  it('PostTweet and TweetById', async () => {
    const [ada, bo] = [await client().register('ada'), await client().register('bo')];
    const text = `Hello @${bo.username} #tag $CASH https://example.org/a`;
    const { postTweet } = await ada.ask(PostTweetDocument, { input: { text } });
    const { tweet } = postTweet;
    expect(postTweet).toEqual({
      tweet: {
        id: expect.stringMatching(/^\d+$/),
        text,
        createdAt: expect.stringMatching(/Z$/),
        conversationId: tweet?.id,
        author: {
          id: ada.id,
          username: ada.username,
          displayName: expect.any(String),
          isVerified: false,
          isProtected: false,
        },
        entities: {
          hashtags: [{ tag: 'tag', start: text.indexOf('#'), end: text.indexOf('#') + 4 }],
          cashtags: [{ symbol: 'CASH', start: text.indexOf('$'), end: text.indexOf('$') + 5 }],
          urls: [{ url: 'https://example.org/a', start: text.indexOf('https'), end: text.length }],
          mentions: [
            {
              username: bo.username,
              start: 6,
              end: 7 + bo.username.length,
              user: { id: bo.id, username: bo.username },
            },
          ],
        },
        likeCount: 0,
        retweetCount: 0,
        replyCount: 0,
        quoteCount: 0,
        viewer: { isAuthor: true, hasLiked: false, hasRetweeted: false, hasBookmarked: false, canReply: true },
        replyTo: null,
        quoted: null,
      },
      userErrors: [],
    });
    const id = tweet?.id ?? '';
    const seen = await bo.ask(TweetByIdDocument, { id });
    expect(seen.tweet).toMatchObject({ id, text, author: { id: ada.id }, viewer: { isAuthor: false, canReply: true } });
    expect((await client().ask(TweetByIdDocument, { id })).tweet).toMatchObject({ id, text, viewer: null });

    const answered = await bo.ask(PostTweetDocument, {
      input: { text: 'Yes.', replyToTweetId: id, quotedTweetId: id },
    });
    expect(answered.postTweet.tweet).toMatchObject({
      conversationId: id,
      replyTo: { __typename: 'Tweet', id, author: { username: ada.username } },
      quoted: { __typename: 'Tweet', id, text, replyCount: 1, quoteCount: 1 },
    });
    const refused = await ada.ask(PostTweetDocument, { input: { text: 'x'.repeat(281) } });
    expect(refused.postTweet).toMatchObject({
      tweet: null,
      userErrors: [{ code: 'TOO_LONG', field: ['input', 'text'] }],
    });
  });

  it('PostTweet with one key is one tweet', async () => {
    const ada = await client().register('ada');
    const input = { text: 'Once.', idempotencyKey: 'k-1' };
    const first = await ada.ask(PostTweetDocument, { input });
    const second = await ada.ask(PostTweetDocument, { input });
    expect(second.postTweet.tweet?.id).toBe(first.postTweet.tweet?.id);
    const other = await ada.ask(PostTweetDocument, { input: { ...input, text: 'Twice.' } });
    expect(other.postTweet).toMatchObject({ tweet: null, userErrors: [{ code: 'DUPLICATE' }] });
  });

  it('DeleteTweet', async () => {
    const [ada, bo] = [await client().register('ada'), await client().register('bo')];
    const id = await ada.post('Soon gone.');
    const answer = await bo.post('Why?', { replyToTweetId: id });
    const refused = await bo.ask(DeleteTweetDocument, { input: { tweetId: id } });
    expect(refused.deleteTweet).toMatchObject({ deletedTweetId: null, userErrors: [{ code: 'FORBIDDEN' }] });
    const { deleteTweet } = await ada.ask(DeleteTweetDocument, { input: { tweetId: id } });
    expect(deleteTweet).toEqual({ deletedTweetId: id, userErrors: [] });
    expect(await bo.ask(TweetByIdDocument, { id })).toEqual({ tweet: null });
    const { conversation } = await bo.ask(ConversationDocument, { tweetId: answer });
    const tombstone = { __typename: 'TweetTombstone', tweetId: id, reason: 'DELETED' };
    expect(conversation).toMatchObject({ root: tombstone, ancestors: [tombstone], focus: { id: answer } });
  });

  it('LikeTweet, UnlikeTweet and LikedBy', async () => {
    const [ada, bo] = [await client().register('ada'), await client().register('bo')];
    const tweetId = await ada.post('Likeable.');
    for (const _ of ['once', 'again']) {
      const { likeTweet } = await bo.ask(LikeTweetDocument, { input: { tweetId } });
      expect(likeTweet).toEqual({ tweet: { id: tweetId, likeCount: 1, viewer: { hasLiked: true } }, userErrors: [] });
    }
    expect((await ada.ask(LikedByDocument, { id: tweetId })).tweet).toMatchObject({
      likeCount: 1,
      likedBy: {
        edges: [{ cursor: expect.any(String), node: { username: bo.username } }],
        pageInfo: { hasNextPage: false },
      },
    });
    const { unlikeTweet } = await bo.ask(UnlikeTweetDocument, { input: { tweetId } });
    expect(unlikeTweet).toEqual({ tweet: { id: tweetId, likeCount: 0, viewer: { hasLiked: false } }, userErrors: [] });
  });

  it('Retweet, UndoRetweet and RetweetedBy', async () => {
    const [ada, bo] = [await client().register('ada'), await client().register('bo')];
    const tweetId = await ada.post('Worth repeating.');
    const { retweet } = await bo.ask(RetweetDocument, { input: { tweetId } });
    expect(retweet).toEqual({
      tweet: { id: tweetId, retweetCount: 1, viewer: { hasRetweeted: true } },
      userErrors: [],
    });
    expect((await ada.ask(RetweetedByDocument, { id: tweetId })).tweet).toMatchObject({
      retweetCount: 1,
      retweetedBy: { edges: [{ node: { id: bo.id } }] },
    });
    const { undoRetweet } = await bo.ask(UndoRetweetDocument, { input: { tweetId } });
    expect(undoRetweet).toEqual({
      tweet: { id: tweetId, retweetCount: 0, viewer: { hasRetweeted: false } },
      userErrors: [],
    });
  });

  it('BookmarkTweet, RemoveBookmark and Bookmarks', async () => {
    const [ada, bo] = [await client().register('ada'), await client().register('bo')];
    const tweetId = await ada.post('For later.');
    const { bookmarkTweet } = await bo.ask(BookmarkTweetDocument, { input: { tweetId } });
    expect(bookmarkTweet).toEqual({
      tweet: { id: tweetId, bookmarkCount: 1, viewer: { hasBookmarked: true } },
      userErrors: [],
    });
    expect((await bo.ask(BookmarksDocument, {})).bookmarks).toMatchObject({ edges: [{ node: { id: tweetId } }] });
    const { removeBookmark } = await bo.ask(RemoveBookmarkDocument, { input: { tweetId } });
    expect(removeBookmark).toEqual({ tweet: { id: tweetId, viewer: { hasBookmarked: false } }, userErrors: [] });
    expect((await bo.ask(BookmarksDocument, {})).bookmarks?.edges).toEqual([]);
  });

  it('Conversation', async () => {
    const [ada, bo] = [await client().register('ada'), await client().register('bo')];
    const root = await ada.post('A question.');
    const answer = await bo.post('An answer.', { replyToTweetId: root });
    const [byBo, byAda] = [
      await bo.post('Another thought.', { replyToTweetId: answer }),
      await ada.post('Thank you.', { replyToTweetId: answer }),
    ];
    const { conversation } = await ada.ask(ConversationDocument, { tweetId: answer, first: 10 });
    expect(conversation).toMatchObject({
      root: { __typename: 'Tweet', id: root, text: 'A question.' },
      focus: { id: answer, author: { username: bo.username }, replyCount: 2 },
      ancestors: [{ __typename: 'Tweet', id: root, author: { username: ada.username } }],
      replies: { pageInfo: { hasNextPage: false } },
    });
    expect(conversation?.replies.edges.map(({ node }) => node?.id).sort()).toEqual([byBo, byAda].sort());
    const paged = await ada.ask(ConversationDocument, { tweetId: answer, first: 1 });
    expect(paged.conversation?.replies.pageInfo.hasNextPage).toBe(true);
  });

  it('PopularTweets', async () => {
    const [ada, bo] = [await client().register('ada'), await client().register('bo')];
    const tweetId = await ada.post('Liked.');
    const ignored = await ada.post('Ignored.');
    await bo.ask(LikeTweetDocument, { input: { tweetId } });
    const { popularTweets } = await bo.ask(PopularTweetsDocument, { window: 'HOUR', first: 100 });
    const found = popularTweets?.edges
      .map(({ node }) => node)
      .filter((node) => node?.author?.username === ada.username);
    expect(found).toMatchObject([{ id: tweetId, likeCount: 1, viewer: { hasLiked: true } }]);
    expect(found?.some((node) => node?.id === ignored)).toBe(false);
    const week = await bo.ask(PopularTweetsDocument, { window: 'WEEK', first: 1 });
    expect(week.popularTweets?.edges).toHaveLength(1);
  });
}
