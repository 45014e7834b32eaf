import { setTimeout as pause } from 'node:timers/promises';
import { encodeCursor } from '@starling/platform/pagination';
import { print } from 'graphql';
import { expect, it } from 'vitest';
import {
  BlockUserDocument,
  ConversationUpdatesDocument,
  type ConversationUpdatesSubscription,
  DeleteTweetDocument,
  FollowUserDocument,
  HomeTimelineDocument,
  HomeTimelineIdsDocument,
  HomeTimelineUpdatesDocument,
  type HomeTimelineUpdatesSubscription,
  HomeTimelineWithPopularDocument,
  LikeTweetDocument,
  MuteUserDocument,
  RetweetDocument,
  TweetUpdatesDocument,
  type TweetUpdatesSubscription,
  UnlikeTweetDocument,
} from '../../schema/generated/graphql.ts';
import type { LiveStream } from '../support/live-client.ts';
import { type Client, operationName, type Person } from './people.ts';

/** Follows a home live, from its beginning: whether or not the stream stands by then, nothing is missed. */
function watchHome(client: Client, person: Person): LiveStream<HomeTimelineUpdatesSubscription> {
  client.sent.add(operationName(HomeTimelineUpdatesDocument));
  return client.door
    .live(person.accessToken)
    .subscribe<HomeTimelineUpdatesSubscription>(print(HomeTimelineUpdatesDocument), {
      after: encodeCursor(`home-stream:${person.id}`, '0'),
    });
}

export function timelineContract(client: () => Client): void {
  it('HomeTimeline and HomeTimelineIds', async () => {
    const [ada, bo, cy] = [
      await client().register('ada'),
      await client().register('bo'),
      await client().register('cy'),
    ];
    await ada.ask(FollowUserDocument, { input: { userId: bo.id } });
    const byCy = await cy.post('By somebody else.');
    const byBo = await bo.post('By Bo.');
    const byAda = await ada.post('By myself.');
    await bo.ask(RetweetDocument, { input: { tweetId: byCy } });

    const { homeTimeline } = await ada.ask(HomeTimelineDocument, {});
    expect(homeTimeline).toMatchObject({
      edges: [
        {
          retweetedBy: { id: bo.id, username: bo.username },
          node: { id: byCy, author: { id: cy.id }, retweetCount: 1 },
        },
        { retweetedBy: null, node: { id: byAda, viewer: { isAuthor: true } } },
        { retweetedBy: null, node: { id: byBo, text: 'By Bo.', author: { username: bo.username } } },
      ],
      pageInfo: { hasNextPage: false, hasPreviousPage: false },
    });

    const first = await ada.ask(HomeTimelineIdsDocument, { first: 2 });
    expect(first.homeTimeline).toMatchObject({
      edges: [{ node: { id: byCy } }, { node: { id: byAda } }],
      pageInfo: { hasNextPage: true },
    });
    const after = first.homeTimeline?.pageInfo.endCursor ?? '';
    const second = await ada.ask(HomeTimelineDocument, { first: 2, after });
    expect(second.homeTimeline).toMatchObject({
      edges: [{ node: { id: byBo } }],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
    const before = second.homeTimeline?.pageInfo.startCursor ?? '';
    const back = await ada.ask(HomeTimelineDocument, { last: 2, before });
    expect(back.homeTimeline?.edges.map(({ node }) => node?.id)).toEqual([byCy, byAda]);

    await ada.ask(MuteUserDocument, { input: { userId: cy.id } });
    await ada.ask(BlockUserDocument, { input: { userId: bo.id } });
    const quiet = await ada.ask(HomeTimelineIdsDocument, {});
    expect(quiet.homeTimeline?.edges.map(({ node }) => node?.id)).toEqual([byAda]);
  });

  it('HomeTimelineWithPopular', async () => {
    const [ada, bo] = [await client().register('ada'), await client().register('bo')];
    await ada.ask(FollowUserDocument, { input: { userId: bo.id } });
    const own: string[] = [];
    for (let turn = 0; turn < 6; turn += 1) own.unshift(await bo.post(`By Bo, ${turn} before.`));

    // What is popular is ranked by the minute: whether that of others is there by now, the home is, and has more of it than that.
    const { homeTimeline } = await ada.ask(HomeTimelineWithPopularDocument, { first: 100 });
    const edges = homeTimeline?.edges ?? [];
    const followed = edges.filter(({ reason }) => reason === 'FOLLOWED').map(({ node }) => node?.id);
    expect(followed).toEqual(own);
    const others = edges.filter(({ reason }) => reason !== 'FOLLOWED');
    expect(others.every(({ reason }) => reason === 'POPULAR')).toBe(true);
    expect(others.length).toBeLessThanOrEqual(Math.ceil(edges.length / 5));
    const plain = await ada.ask(HomeTimelineWithPopularDocument, { includePopular: false });
    expect(plain.homeTimeline?.edges.map(({ node }) => node?.id)).toEqual(own);
    // A cursor of either is one of the other.
    const after = plain.homeTimeline?.edges[2]?.cursor ?? '';
    const rest = await ada.ask(HomeTimelineWithPopularDocument, { after });
    const restOfHome = rest.homeTimeline?.edges.filter(({ reason }) => reason === 'FOLLOWED');
    expect(restOfHome?.map(({ node }) => node?.id)).toEqual(own.slice(3));
  });

  it('HomeTimeline refuses what no page is', async () => {
    const ada = await client().register('ada');
    const refusals: [object, string][] = [
      [{ first: 0 }, 'first'],
      [{ first: -1 }, 'first'],
      [{ first: 101 }, 'first'],
      [{ first: 1, last: 1 }, 'last'],
      [{ after: 'nonsense' }, 'after'],
    ];
    for (const [variables, argument] of refusals) {
      const { data, errors } = await client().door.graphql(print(HomeTimelineDocument), variables, ada.accessToken);
      expect(data, JSON.stringify(variables)).toEqual({ homeTimeline: null });
      expect(errors).toMatchObject([{ path: ['homeTimeline'], extensions: { code: 'BAD_USER_INPUT', argument } }]);
    }
    const signedOut = await client().door.graphql(print(HomeTimelineDocument));
    expect(signedOut).toMatchObject({
      data: { homeTimeline: null },
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it('HomeTimelineUpdates', async () => {
    const [ada, bo, cy] = [
      await client().register('ada'),
      await client().register('bo'),
      await client().register('cy'),
    ];
    const byCy = await cy.post('From before.');
    await ada.ask(FollowUserDocument, { input: { userId: bo.id } });
    const stream = watchHome(client(), ada);

    const tweetId = await bo.post(`Live, @${ada.username}!`);
    expect(await stream.next()).toMatchObject({
      data: {
        homeTimelineUpdates: {
          __typename: 'TweetAdded',
          retweetedBy: null,
          tweet: {
            id: tweetId,
            author: { username: bo.username },
            entities: { mentions: [{ user: { id: ada.id } }] },
            viewer: { isAuthor: false },
          },
        },
      },
    });
    await bo.ask(RetweetDocument, { input: { tweetId: byCy } });
    expect(await stream.next()).toMatchObject({
      data: {
        homeTimelineUpdates: {
          __typename: 'TweetAdded',
          retweetedBy: { username: bo.username },
          tweet: { id: byCy, author: { id: cy.id } },
        },
      },
    });
    await bo.ask(DeleteTweetDocument, { input: { tweetId } });
    expect(await stream.next()).toEqual({
      data: { homeTimelineUpdates: { __typename: 'TweetRemoved', cursor: expect.any(String), tweetId } },
    });
    await stream.end();
  });

  it('TweetUpdates', async () => {
    const [ada, bo] = [await client().register('ada'), await client().register('bo')];
    const tweetId = await ada.post('To be counted.');
    client().sent.add(operationName(TweetUpdatesDocument));
    const live = client().door.live();
    const stream = live.subscribe<TweetUpdatesSubscription>(print(TweetUpdatesDocument), { tweetId });
    let heard = false;
    const first = stream.next().finally(() => {
      heard = true;
    });
    // It stands once it tells of something.
    for (let count = 0; !heard; count++) {
      if (count % 2 === 0) await bo.ask(LikeTweetDocument, { input: { tweetId } });
      else await bo.ask(UnlikeTweetDocument, { input: { tweetId } });
      await pause(20);
    }
    const tweet = { id: tweetId, likeCount: expect.any(Number), retweetCount: 0, replyCount: 0 };
    expect(await first).toEqual({
      data: { tweetUpdates: { __typename: 'TweetCountsChanged', cursor: expect.any(String), tweet } },
    });
    await ada.ask(DeleteTweetDocument, { input: { tweetId } });
    let last = await stream.next();
    while (last.data?.tweetUpdates.__typename === 'TweetCountsChanged') last = await stream.next();
    expect(last).toEqual({
      data: { tweetUpdates: { __typename: 'TweetRemoved', cursor: expect.any(String), tweetId } },
    });
    await live.close();
  });

  it('ConversationUpdates', async () => {
    const [ada, bo] = [await client().register('ada'), await client().register('bo')];
    const tweetId = await ada.post('Let us talk.');
    client().sent.add(operationName(ConversationUpdatesDocument));
    const live = client().door.live(ada.accessToken);
    const stream = live.subscribe<ConversationUpdatesSubscription>(print(ConversationUpdatesDocument), {
      tweetId,
      after: encodeCursor(`conversation-stream:${tweetId}`, '0'),
    });
    const answerId = await bo.post('Gladly.', { replyToTweetId: tweetId });
    expect(await stream.next()).toMatchObject({
      data: {
        conversationUpdates: {
          __typename: 'TweetAdded',
          tweet: { id: answerId, author: { username: bo.username }, viewer: { isAuthor: false } },
        },
      },
    });
    await bo.ask(DeleteTweetDocument, { input: { tweetId: answerId } });
    expect(await stream.next()).toEqual({
      data: { conversationUpdates: { __typename: 'TweetRemoved', cursor: expect.any(String), tweetId: answerId } },
    });
    await live.close();
  });

  it('HomeTimelineUpdates needs an account', async () => {
    const live = client().door.live();
    const answer = await live.subscribe(print(HomeTimelineUpdatesDocument)).next();
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    await live.close();
    const wrong = client().door.live('not.a.token').subscribe(print(HomeTimelineUpdatesDocument));
    await expect(wrong.next()).rejects.toMatchObject({ code: 4403 });
  });
}
