import { encodeCursor } from '@starling/platform/pagination';
import { statement } from '@starling/platform/postgres';
import type { SubgraphRunner, SubgraphStream } from '@starling/platform/subgraph-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asker, newId, startTweets, type TestTweets } from './support/tweets.ts';

const TWEET = `subscription ($tweetId: ID!, $after: String, $gapReason: StreamGapReason) {
  tweetUpdates(tweetId: $tweetId, after: $after, gapReason: $gapReason) { __typename
    ... on TweetCountsChanged { cursor tweet { id text likeCount retweetCount replyCount quoteCount bookmarkCount } }
    ... on TweetRemoved { cursor tweetId } ... on StreamGap { cursor reason } } }`;
const CONVERSATION = `subscription ($tweetId: ID!, $after: String, $gapReason: StreamGapReason) {
  conversationUpdates(tweetId: $tweetId, after: $after, gapReason: $gapReason) { __typename
    ... on TweetAdded { cursor tweet { id text viewer { isAuthor } } retweetedBy { id } }
    ... on TweetRemoved { cursor tweetId } ... on StreamGap { cursor reason } } }`;

interface Update {
  readonly __typename: string;
  readonly cursor: string;
  readonly tweet?: { readonly id: string; readonly likeCount: number } | null;
}
interface From {
  readonly after?: string;
  readonly gapReason?: string;
}

let tweets: TestTweets;
beforeAll(async () => {
  tweets = await startTweets();
});
afterAll(() => tweets.stop());

async function watch(source: string, asker: Asker, tweetId: string, from: From = {}, runner?: SubgraphRunner) {
  const stream = await tweets.watch(asker, source, { tweetId, ...from }, runner);
  if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream));
  return stream;
}
const watchTweet = (asker: Asker, tweetId: string, from?: From, runner?: SubgraphRunner) =>
  watch(TWEET, asker, tweetId, from, runner);
const watchConversation = (asker: Asker, tweetId: string, from?: From, runner?: SubgraphRunner) =>
  watch(CONVERSATION, asker, tweetId, from, runner);

async function next(stream: SubgraphStream): Promise<Update> {
  const { value } = await stream.next();
  expect(value?.errors).toBeUndefined();
  return Object.values(value?.data ?? {})[0] as Update;
}

async function refusal(source: string, tweetId: string, after: string) {
  const answer = await tweets.watch(null, source, { tweetId, after });
  if (Symbol.asyncIterator in answer) throw new Error('It was not refused.');
  return answer.errors?.[0]?.extensions;
}

const like = (userId: string, tweetId: string) => tweets.mutate(userId, 'likeTweet', { tweetId });
const counts = (likeCount: number, more: object = {}) => ({
  __typename: 'TweetCountsChanged',
  tweet: { likeCount, ...more },
});
const removed = (tweetId: string) => ({ __typename: 'TweetRemoved', tweetId });
const added = (id: string) => ({ __typename: 'TweetAdded', tweet: { id }, retweetedBy: null });

/** What comes until an update of that many likes. */
async function untilLiked(stream: SubgraphStream, likes: number): Promise<Update[]> {
  const updates: Update[] = [];
  while (updates.at(-1)?.tweet?.likeCount !== likes) updates.push(await next(stream));
  return updates;
}

describe('tweetUpdates', () => {
  it('tells of each count as it changes, to the signed out, too', async () => {
    const [author, reader] = [newId(), newId()];
    const id = await tweets.post(author);
    const stream = await watchTweet(null, id);
    await like(reader, id);
    expect(await next(stream)).toMatchObject(counts(1, { id, text: 'Something to say', retweetCount: 0 }));
    await tweets.mutate(reader, 'retweet', { tweetId: id });
    expect(await next(stream)).toMatchObject(counts(1, { retweetCount: 1 }));
    await tweets.post(reader, { replyToTweetId: id });
    expect(await next(stream)).toMatchObject(counts(1, { retweetCount: 1, replyCount: 1 }));
    await tweets.mutate(reader, 'unlikeTweet', { tweetId: id });
    expect(await next(stream)).toMatchObject(counts(0, { retweetCount: 1, replyCount: 1 }));
  });

  it('puts together what happens in quick succession, and the last value always arrives', async () => {
    const author = newId();
    const id = await tweets.post(author);
    const streams = [await watchTweet(author, id), await watchTweet(null, id)];
    const began = performance.now();
    const told = streams.map((stream) => untilLiked(stream, 100));
    for (let round = 0; round < 20; round++) {
      await Promise.all(Array.from({ length: 5 }, () => like(newId(), id)));
    }
    for (const updates of await Promise.all(told)) {
      expect(updates.length).toBeLessThanOrEqual(2 + (performance.now() - began) / 250);
      const likes = updates.map(({ tweet }) => tweet?.likeCount ?? 0);
      expect(likes).toEqual([...likes].sort((a, b) => a - b));
    }
  });

  it('keeps one update for a reader who is slow: the newest', async () => {
    const author = newId();
    const id = await tweets.post(author);
    const [slow, quick] = [await watchTweet(author, id), await watchTweet(author, id)];
    for (let likes = 1; likes <= 3; likes++) {
      await like(newId(), id);
      await untilLiked(quick, likes);
    }
    expect(await next(slow)).toMatchObject(counts(3));
    await like(newId(), id);
    expect(await next(slow)).toMatchObject(counts(4));
  });

  it('says that it is deleted, once, and nothing after that', async () => {
    const author = newId();
    const id = await tweets.post(author);
    const stream = await watchTweet(null, id);
    await tweets.mutate(author, 'deleteTweet', { tweetId: id });
    const update = await next(stream);
    expect(update).toMatchObject(removed(id));
    const again = await watchTweet(null, id, { after: update.cursor });
    await tweets.eventLog.processAll();
    const waiting = next(again);
    await again.return();
    expect(await waiting).toBeUndefined();
  });

  it('says the same of a tweet that was never there, and of one that the viewer may not see', async () => {
    const [author, reader, never] = [newId(), newId(), newId('tweet')];
    const hidden = await tweets.post(author);
    await tweets.block(author, reader);
    for (const id of [hidden, never]) expect(await next(await watchTweet(reader, id))).toMatchObject(removed(id));
    const malformed = await tweets.watch(null, TWEET, { tweetId: 'none' });
    expect(malformed).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT', argument: 'tweetId' } }] });
  });

  it.each([
    ['a block', (author: string, reader: string) => tweets.block(author, reader)],
    ['a block by the reader', (author: string, reader: string) => tweets.block(reader, author)],
    ['protection', (author: string) => tweets.protect(author)],
  ])('obeys %s, also for what waits to be delivered', async (_, hide) => {
    const [author, reader] = [newId(), newId()];
    const id = await tweets.post(author);
    const [stream, own] = [await watchTweet(reader, id), await watchTweet(author, id)];
    await like(newId(), id);
    expect(await next(own)).toMatchObject(counts(1));
    await hide(author, reader);
    expect(await next(stream)).toMatchObject(removed(id));
    await like(author, id);
    expect(await next(own)).toMatchObject(counts(2));
  });

  it('goes on after a cursor with how the tweet stands, if that is other than it was, at any instance', async () => {
    const author = newId();
    const id = await tweets.post(author);
    const first = await watchTweet(null, id);
    await like(newId(), id);
    const { cursor } = await next(first);
    const other = await tweets.startAnother();
    const same = await watchTweet(null, id, { after: cursor }, other.runner);
    for (let count = 0; count < 3; count++) await like(newId(), id);
    const missed = await watchTweet(null, id, { after: cursor }, other.runner);
    expect(await next(missed)).toMatchObject(counts(4));
    // Nothing was missed at first, so that the first news is of what came after.
    expect((await untilLiked(same, 4)).every(({ tweet }) => (tweet?.likeCount ?? 0) > 1)).toBe(true);
  });

  it('begins with how the tweet stands when the gateway has lost the beginning', async () => {
    const id = await tweets.post(newId());
    const stream = await watchTweet(null, id, { gapReason: 'BROKER_RESTARTED' });
    expect(await next(stream)).toMatchObject(counts(0));
  });

  it('refuses cursors of other tweets and other streams, and what is none', async () => {
    const author = newId();
    const [id, another] = [await tweets.post(author), await tweets.post(author)];
    const [stream, conversation] = [await watchTweet(null, another), await watchConversation(null, id)];
    await like(author, another);
    await tweets.post(author, { replyToTweetId: id });
    const cursors = [(await next(stream)).cursor, (await next(conversation)).cursor, 'nonsense', ''];
    for (const cursor of cursors) {
      expect(await refusal(TWEET, id, cursor)).toEqual({ code: 'BAD_USER_INPUT', argument: 'after' });
    }
  });

  it('costs nothing once everybody has left', async () => {
    const id = await tweets.post(newId());
    const stream = await watchTweet(null, id);
    await stream.return();
    const names = await tweets.statementsOf(async () => {
      await like(newId(), id);
      await tweets.eventLog.processAll();
    });
    expect(names).not.toContain('tweets.getCountsByTweetIds');
  });
});

describe('conversationUpdates', () => {
  it('tells of answers to any tweet of the conversation and of what is deleted, in order and once', async () => {
    const [author, reader] = [newId(), newId()];
    const root = await tweets.post(author);
    const stream = await watchConversation(null, root);
    const elsewhere = await tweets.post(reader);
    await tweets.post(author, { replyToTweetId: elsewhere });
    const answer = await tweets.post(reader, { replyToTweetId: root });
    const deeper = await tweets.post(author, { replyToTweetId: answer });
    expect(await next(stream)).toMatchObject(added(answer));
    expect(await next(stream)).toMatchObject(added(deeper));
    await tweets.mutate(reader, 'deleteTweet', { tweetId: answer });
    expect(await next(stream)).toMatchObject(removed(answer));
    await tweets.mutate(author, 'deleteTweet', { tweetId: root });
    expect(await next(stream)).toMatchObject(removed(root));
  });

  it('shows each reader what that reader sees', async () => {
    const [author, reader, stranger] = [newId(), newId(), newId()];
    const root = await tweets.post(author);
    const streams = [
      await watchConversation(reader, root),
      await watchConversation(stranger, root),
      await watchConversation(null, root),
    ] as const;
    await tweets.block(stranger, reader);
    await tweets.muteKeyword(author, 'spoiler');
    const own = await watchConversation(author, root);
    const theirs = await tweets.post(reader, { replyToTweetId: root, text: 'What a spoiler' });
    const last = await tweets.post(author, { replyToTweetId: root });
    expect(await next(streams[0])).toMatchObject({ tweet: { id: theirs, viewer: { isAuthor: true } } });
    expect(await next(streams[1])).toMatchObject({ tweet: { id: last, viewer: { isAuthor: false } } });
    expect(await next(streams[2])).toMatchObject({ tweet: { id: theirs, viewer: null } });
    expect(await next(own)).toMatchObject({ tweet: { id: last, viewer: { isAuthor: true } } });
  });

  it.each([
    ['a block', (author: string, reader: string) => tweets.block(author, reader)],
    ['a mute', (author: string, reader: string) => tweets.mute(reader, author)],
    ['protection', (author: string) => tweets.protect(author)],
    ['a muted word', (_author: string, reader: string) => tweets.muteKeyword(reader, 'say')],
  ])('obeys %s, also for what waits to be delivered', async (_, hide) => {
    const [owner, author, reader] = [newId(), newId(), newId()];
    const root = await tweets.post(owner);
    const stream = await watchConversation(reader, root);
    await tweets.post(author, { replyToTweetId: root });
    await tweets.eventLog.processAll();
    await hide(author, reader);
    await tweets.post(author, { replyToTweetId: root });
    const last = await tweets.post(reader, { replyToTweetId: root });
    expect(await next(stream)).toMatchObject(added(last));
  });

  it('tells nothing any more around a tweet that the reader may not see', async () => {
    const [owner, author, reader] = [newId(), newId(), newId()];
    const root = await tweets.post(owner);
    const stream = await watchConversation(reader, root);
    await tweets.post(author, { replyToTweetId: root });
    await tweets.eventLog.processAll();
    await tweets.block(owner, reader);
    await tweets.post(author, { replyToTweetId: root });
    await tweets.eventLog.processAll();
    await tweets.unblock(owner, reader);
    const last = await tweets.post(author, { replyToTweetId: root });
    const updates = [await next(stream)];
    while (updates.at(-1)?.tweet?.id !== last) updates.push(await next(stream));
    // What waited is looked at as it is delivered, and what came while it was hidden was never put in line.
    expect(updates.length).toBeLessThan(3);
    for (const id of [newId('tweet'), root]) {
      if (id === root) await tweets.block(owner, reader);
      expect(await next(await watchConversation(reader, id))).toMatchObject(removed(id));
    }
  });

  it('goes on after a cursor with exactly what was missed, in order and once, at any instance', async () => {
    const author = newId();
    const root = await tweets.post(author);
    const stream = await watchConversation(null, root);
    await tweets.post(author, { replyToTweetId: root });
    const { cursor } = await next(stream);
    await stream.return();
    const missed = [
      await tweets.post(author, { replyToTweetId: root }),
      await tweets.post(author, { replyToTweetId: root }),
    ];
    await tweets.mutate(author, 'deleteTweet', { tweetId: missed[0] });
    const { runner } = await tweets.startAnother();
    const streams = [
      await watchConversation(null, root, { after: cursor }),
      await watchConversation(null, root, { after: cursor }, runner),
    ];
    const fresh = await tweets.post(author, { replyToTweetId: root });
    for (const resumed of streams) {
      expect([await next(resumed), await next(resumed), await next(resumed)]).toMatchObject([
        added(missed[1] ?? ''),
        removed(missed[0] ?? ''),
        added(fresh),
      ]);
    }
  });

  it('neither loses nor repeats what happens while it begins', async () => {
    const author = newId();
    const root = await tweets.post(author);
    const stream = await watchConversation(null, root);
    await tweets.post(author, { replyToTweetId: root });
    const { cursor } = await next(stream);
    const posted = new Set<string>();
    for (let round = 0; round < 3; round++) {
      const posts = Array.from({ length: 5 }, () => tweets.post(author, { replyToTweetId: root }));
      const streams = await Promise.all(
        Array.from({ length: 3 }, () => watchConversation(null, root, { after: cursor })),
      );
      for (const id of await Promise.all(posts)) posted.add(id);
      for (const each of streams) {
        const got: string[] = [];
        while (got.length < posted.size) got.push((await next(each)).tweet?.id ?? '');
        expect([...got].sort()).toEqual([...posted].sort());
        await each.return();
      }
    }
  });

  it('refuses cursors of other conversations and other streams, of the future, and what is none', async () => {
    const author = newId();
    const [root, another] = [await tweets.post(author), await tweets.post(author)];
    const [ofAnother, ofCounts] = [await watchConversation(null, another), await watchTweet(null, root)];
    await tweets.post(author, { replyToTweetId: another });
    await like(author, root);
    const stream = `conversation-stream:${root}`;
    const cursors = [
      (await next(ofAnother)).cursor,
      (await next(ofCounts)).cursor,
      encodeCursor(stream, '9000000000000000000'),
      encodeCursor(stream, '9223372036854775808'),
      encodeCursor(stream, '-5'),
      encodeCursor(stream, '1', '2'),
      encodeCursor(stream),
      encodeCursor(`home-stream:${author}`, '1'),
      'nonsense',
      '',
    ];
    for (const [at, cursor] of cursors.entries()) {
      expect([at, await refusal(CONVERSATION, root, cursor)]).toEqual([
        at,
        { code: 'BAD_USER_INPUT', argument: 'after' },
      ]);
    }
  });

  it('begins with a gap where too much was missed or it lies too far back', async () => {
    const author = newId();
    const root = await tweets.post(author);
    const stream = await watchConversation(null, root);
    await tweets.post(author, { replyToTweetId: root });
    const { cursor } = await next(stream);
    await stream.return();
    const lost = await watchConversation(null, root, { gapReason: 'BROKER_RESTARTED' });
    expect(await next(lost)).toMatchObject({ __typename: 'StreamGap', reason: 'BROKER_RESTARTED' });
    await tweets.importTweets(
      Array.from({ length: 1_001 }, () => ({
        id: newId('tweet'),
        authorId: author,
        conversationId: root,
        answers: { tweetId: root, authorId: author },
      })),
    );
    await tweets.eventLog.processAll();
    // A reader who has read nothing of it gets a gap, too, of another reason.
    expect(await next(lost)).toMatchObject({ __typename: 'StreamGap', reason: 'SLOW_CLIENT' });
    const after = await watchConversation(null, root, { after: cursor });
    const gap = await next(after);
    expect(gap).toMatchObject({ __typename: 'StreamGap', reason: 'CURSOR_EXPIRED' });
    await tweets.database.query(
      statement('tests.moveOn', `ALTER TABLE tweets.conversation_changes ALTER change RESTART WITH 5000000`),
    );
    await tweets.post(author, { replyToTweetId: root });
    await tweets.eventLog.processAll();
    expect(await next(await watchConversation(null, root, { after: gap.cursor }))).toMatchObject({
      reason: 'CURSOR_EXPIRED',
    });
    const [kept] = await tweets.database.query<{ count: string }>(
      statement('tests.kept', 'SELECT count(*) FROM tweets.conversation_changes'),
    );
    expect(kept?.count).toBe('1');
  });
});
