import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TweetCardFragment } from '../../schema/generated/graphql.ts';
import * as documents from '../../schema/generated/graphql.ts';
import { createClient, type Person } from '../contract/people.ts';
import { send } from '../support/send.ts';
import { type RunningStarling, startStarling } from '../support/starling.ts';

interface Asked {
  readonly what: string;
  readonly query: string;
  readonly variables: object;
  readonly token: string | undefined;
}

/** Asks, and leaves so many turns of the event loop later, whether there is an answer by then or not. */
function askAndLeave(url: string, { query, variables, token }: Asked, turns: number): Promise<unknown> {
  const leaving = new AbortController();
  const answer = send(url, query, variables, token, leaving.signal).catch(() => 'left');
  const leave = (left: number): void => void setImmediate(() => (left === 0 ? leaving.abort() : leave(left - 1)));
  leave(turns);
  return answer;
}

describe.each(['one-process', 'over-http'] as const)('requests of different viewers at once, %s', (shape) => {
  let starling: RunningStarling;
  let client: ReturnType<typeof createClient>;
  const asked: Asked[] = [];
  const expected = new Map<Asked, string>();

  beforeAll(async () => {
    starling = await startStarling({ shape });
    client = createClient(starling);
    const [ada, bo, cleo, dan, protectedOne] = [
      await client.register('ada'),
      await client.register('bo'),
      await client.register('cleo'),
      await client.register('dan'),
      await client.register('shut'),
    ];
    const people = [ada, bo, cleo, dan];
    for (const reader of [ada, bo, cleo]) {
      for (const { id } of [dan, protectedOne])
        await reader.ask(documents.FollowUserDocument, { input: { userId: id } });
    }
    await protectedOne.ask(documents.UpdateProfileDocument, { input: { isProtected: true } });
    const root = await dan.post('A beginning #one');
    const tweetIds = [root];
    for (const writer of [...people, protectedOne]) {
      for (let at = 0; at < 2; at++) tweetIds.push(await writer.post(`${writer.username} says ${at}`));
      tweetIds.push(await writer.post(`An answer of ${writer.username}`, { replyToTweetId: root }).catch(() => root));
    }
    // Each pair of viewers sees something else, and has done something else, about the same things.
    await ada.ask(documents.BlockUserDocument, { input: { userId: bo.id } });
    await cleo.ask(documents.MuteUserDocument, { input: { userId: dan.id } });
    await bo.ask(documents.LikeTweetDocument, { input: { tweetId: root } });
    await cleo.ask(documents.BookmarkTweetDocument, { input: { tweetId: root } });
    await ada.ask(documents.RetweetDocument, { input: { tweetId: root } });
    await dan.ask(documents.MuteKeywordDocument, { input: { phrase: 'says' } });
    await starling.processAll();

    const ids = [...new Set(tweetIds), ...people.map(({ id }) => id), protectedOne.id];
    const reads: [string, TypedDocumentNode<unknown, never>, object][] = [
      ['home', documents.HomeTimelineDocument, { first: 50 }],
      ['nodes', documents.NodesDocument, { ids }],
      ['conversation', documents.ConversationDocument, { tweetId: root, first: 20 }],
      ['tweet', documents.TweetByIdDocument, { id: root }],
      ['liked', documents.LikedByDocument, { id: root }],
      ['bookmarks', documents.BookmarksDocument, {}],
      ['viewer', documents.ViewerDocument, {}],
      ['malformed', documents.TweetByIdDocument, { id: 'no id' }],
      ...[...people, protectedOne].map(({ username }): (typeof reads)[number] => [
        `profile ${username}`,
        documents.ProfileDocument,
        { username },
      ]),
    ];
    const viewers: (Person | undefined)[] = [...people, protectedOne, undefined];
    for (const viewer of viewers) {
      for (const [what, document, variables] of reads) {
        const who = viewer?.username ?? 'nobody';
        asked.push({ what: `${what} of ${who}`, query: print(document), variables, token: viewer?.accessToken });
      }
    }
    // One after the other, nothing remembered: what each is due.
    for (const each of asked) {
      await starling.evictCaches();
      expected.set(each, JSON.stringify(await starling.graphql(each.query, each.variables, each.token)));
    }
  });
  afterAll(() => starling.stop());

  it('are given different answers, so that one for another would be seen', () => {
    for (const what of ['home', 'nodes', 'conversation', 'tweet', 'viewer']) {
      const answers = asked.filter((each) => each.what.startsWith(`${what} of`)).map((each) => expected.get(each));
      expect([what, new Set(answers).size]).toEqual([what, expect.toSatisfy((count: number) => count >= 4)]);
    }
  });

  it.each([
    ['with everything remembered', false],
    ['with nothing remembered', true],
  ])('get each their own, %s, also while others fail or leave', async (_what, forget) => {
    for (const [round, stride] of [1, 13, 29].entries()) {
      if (forget) await starling.evictCaches();
      // Neighbours ask the same of other viewers in one round, and other things of the same in another.
      const order = asked
        .map((each, at) => ({ each, place: (at * stride + round) % asked.length }))
        .sort((a, b) => a.place - b.place)
        .map(({ each }) => each);
      const leavers = order
        .filter((_each, at) => at % 4 === round)
        .map((each, at) => askAndLeave(starling.url, each, at % 9));
      const answers = await Promise.all(
        order.map(async (each) => [
          each.what,
          JSON.stringify(await starling.graphql(each.query, each.variables, each.token)),
        ]),
      );
      expect(answers).toEqual(order.map((each) => [each.what, expected.get(each)]));
      await Promise.all(leavers);
    }
  });

  it('see at the next read what has changed in between, however often all of it was read before', async () => {
    const [reader, writer] = [await client.register('eve'), await client.register('finn')];
    await reader.ask(documents.FollowUserDocument, { input: { userId: writer.id } });
    const tweetId = await writer.post('Read again and again');
    const shown = async () => {
      const { homeTimeline } = await reader.ask(documents.HomeTimelineDocument, { first: 5 });
      return homeTimeline?.edges.map(({ node }) => {
        const { author, text, likeCount, viewer } = node as TweetCardFragment;
        return [author?.displayName, text, likeCount, viewer?.hasLiked];
      });
    };
    const readAgain = async () => {
      const [first, ...others] = [await shown(), await shown(), await shown(), await shown()];
      for (const other of others) expect(other).toEqual(first);
      return first;
    };
    const [[name] = []] = (await readAgain()) ?? [];
    await writer.ask(documents.LikeTweetDocument, { input: { tweetId } });
    expect(await readAgain()).toEqual([[name, 'Read again and again', 1, false]]);
    await reader.ask(documents.LikeTweetDocument, { input: { tweetId } });
    expect(await readAgain()).toEqual([[name, 'Read again and again', 2, true]]);
    await writer.ask(documents.UpdateProfileDocument, { input: { displayName: 'Finn, renamed' } });
    expect(await readAgain()).toEqual([['Finn, renamed', 'Read again and again', 2, true]]);
    await writer.ask(documents.BlockUserDocument, { input: { userId: reader.id } });
    expect(await readAgain()).toEqual([]);
  });
});
