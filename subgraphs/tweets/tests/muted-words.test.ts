import { wordsOf } from '@starling/visibility';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId, startTweets, type TestTweets } from './support/tweets.ts';

let tweets: TestTweets;
let viewer: string;
let author: string;
let root: string;
beforeAll(async () => {
  tweets = await startTweets();
});
afterAll(() => tweets.stop());
beforeEach(async () => {
  [viewer, author] = [await tweets.register(), await tweets.register()];
  root = await tweets.post(author, { text: 'A spoiler to begin with' });
});

/** New ids, the oldest first. */
const newIds = (length: number) =>
  Array.from({ length }, () => newId('tweet')).sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));

interface Answers {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean };
}

async function answers(asker: string | null, page: object = {}): Promise<Answers> {
  const document = `query ($tweetId: ID!, $first: Int, $last: Int) { tweet(id: $tweetId) {
    replies(first: $first, last: $last) { nodes { id } pageInfo { hasNextPage hasPreviousPage } } } }`;
  return (await tweets.get<{ tweet: { replies: Answers } }>(asker, document, { tweetId: root, ...page })).tweet.replies;
}
const ids = async (asker: string | null) => (await answers(asker)).nodes.map(({ id }) => id);

describe('a muted word', () => {
  test('hides answers that say it, from who muted it, and not the tweet that somebody looks at', async () => {
    const loud = await tweets.post(author, { text: 'SPOILER!', replyToTweetId: root });
    const quiet = await tweets.post(author, { text: 'Unspoiled', replyToTweetId: root });
    await tweets.muteKeyword(viewer, 'spoiler');
    expect(await ids(viewer)).toEqual([quiet]);
    for (const asker of [author, null]) expect(await ids(asker)).toEqual([quiet, loud]);
    expect(await tweets.tweet(viewer, loud, 'id')).toEqual({ id: loud });
    await tweets.muteKeyword(viewer, 'spoiler', new Date(0).toISOString());
    expect(await ids(viewer)).toEqual([quiet, loud]);
    await tweets.muteKeyword(viewer, 'unspoiled');
    expect(await ids(viewer)).toEqual([loud]);
    await tweets.unmuteKeyword(viewer);
    expect(await ids(viewer)).toEqual([quiet, loud]);
  });

  test('hides no answer of one’s own, nor one that quotes what one said', async () => {
    const own = await tweets.post(viewer, { text: 'My spoiler', replyToTweetId: root });
    const quote = await tweets.post(author, { text: 'See', replyToTweetId: root, quotedTweetId: own });
    await tweets.muteKeyword(viewer, 'spoiler');
    expect(await ids(viewer)).toEqual([quote, own]);
  });

  test('hides an answer that quotes what says it, but only while one may see that', async () => {
    const other = await tweets.register();
    const said = await tweets.post(other, { text: 'A spoiler' });
    const quote = await tweets.post(author, { text: 'See', replyToTweetId: root, quotedTweetId: said });
    await tweets.muteKeyword(viewer, 'spoiler');
    expect(await ids(viewer)).toEqual([]);
    await tweets.block(other, viewer);
    expect(await ids(viewer)).toEqual([quote]);
    await tweets.unblock(other, viewer);
    await tweets.protect(other);
    expect(await ids(viewer)).toEqual([quote]);
    await tweets.protect(other, false);
    expect(await ids(viewer)).toEqual([]);
    await tweets.mutate(other, 'deleteTweet', { tweetId: said });
    expect(await ids(viewer)).toEqual([quote]);
  });

  test('leaves a page of answers full when 95 in 100 are hidden, in three statements at most', async () => {
    const drafts = newIds(3_000).map((id, turn) => ({
      id,
      authorId: author,
      conversationId: root,
      answers: { tweetId: root, authorId: author },
      text: turn % 20 === 0 ? 'News' : 'A spoiler',
    }));
    await tweets.importTweets(drafts);
    await tweets.muteKeyword(viewer, 'spoiler');
    const shown = drafts.filter(({ text }) => text === 'News').map(({ id }) => id);
    for (const size of [1, 20, 100]) {
      for (const [page, expected] of [
        [{ first: size }, shown.slice(-size).reverse()],
        [{ last: size }, shown.slice(0, size).reverse()],
      ] as const) {
        let found = await answers(viewer, page);
        const statements = await tweets.statementsOf(async () => {
          found = await answers(viewer, page);
        });
        expect(found.nodes.map(({ id }) => id)).toEqual(expected);
        expect(found.pageInfo.hasNextPage || found.pageInfo.hasPreviousPage).toBe(true);
        expect(statements.filter((name) => name.startsWith('tweets.listAnswers')).length).toBeLessThanOrEqual(3);
      }
    }
  });
});

describe('words', () => {
  const told = async (tweetId: string) =>
    (await tweets.events()).filter(({ key }) => key === tweetId).map(({ name, payload }) => [name, payload.words]);
  const kept = async (tweetId: string) =>
    (await tweets.database.pool.query('SELECT words FROM tweets.tweets WHERE id = $1', [tweetId])).rows;

  test('are told with a tweet, and not its text; they go with it', async () => {
    const tweetId = await tweets.post(author, { text: 'Perfectly Recognisable' });
    expect(await told(tweetId)).toEqual([['tweet.posted.v1', wordsOf('perfectly recognisable')]]);
    const all = (await tweets.events()).filter(({ key }) => key === tweetId);
    expect(JSON.stringify(all).toLowerCase()).not.toContain('recognisable');
    await tweets.mutate(author, 'deleteTweet', { tweetId });
    expect(await kept(tweetId)).toEqual([{ words: null }]);
  });

  test('of imported tweets are told likewise', async () => {
    const id = newId('tweet');
    await tweets.importTweets([{ id, authorId: author, text: 'Brought along' }]);
    expect(await told(id)).toEqual([['tweet.posted.v1', wordsOf('brought along')]]);
    expect(await kept(id)).toEqual([{ words: wordsOf('brought along') }]);
  });

  test('of tweets from before there were words are found and told at the next start, once', async () => {
    const old = newIds(2_500).map((id, turn) => ({
      id,
      authorId: author,
      text: `Old ${turn}`,
    }));
    await tweets.importTweets(old);
    const gone = await tweets.post(author, { text: 'Gone' });
    await tweets.mutate(author, 'deleteTweet', { tweetId: gone });
    await tweets.database.pool.query('UPDATE tweets.tweets SET words = NULL WHERE id = ANY($1)', [
      old.map(({ id }) => id),
    ]);
    await tweets.restart();
    await tweets.restart();
    const found = (await tweets.events()).filter(({ name }) => name === 'tweet.words-found.v1');
    expect(found.map(({ payload }) => payload)).toEqual(
      old.map(({ id, text }) => ({ tweetId: id, quotedTweetId: null, words: wordsOf(text) })),
    );
    expect(await kept(old[7]?.id ?? '')).toEqual([{ words: wordsOf('old 7') }]);
    expect(await kept(gone)).toEqual([{ words: null }]);
  });
});
