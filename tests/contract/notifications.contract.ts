import { createECDH, randomBytes } from 'node:crypto';
import { encodeCursor } from '@starling/platform/pagination';
import { print } from 'graphql';
import { expect, it } from 'vitest';
import {
  BlockUserDocument,
  DeleteTweetDocument,
  FollowUserDocument,
  LikeTweetDocument,
  MarkNotificationsReadDocument,
  NodesDocument,
  NotificationAddedDocument,
  type NotificationAddedSubscription,
  NotificationPreferencesDocument,
  NotificationsDocument,
  RegisterPushSubscriptionDocument,
  SetNotificationPreferenceDocument,
  UnlikeTweetDocument,
} from '../../schema/generated/graphql.ts';
import type { LiveStream } from '../support/live-client.ts';
import { type Client, operationName, type Person } from './people.ts';

/** Follows somebody's notifications live, from their beginning: whether or not the stream stands by then, nothing is missed. */
function watch(client: Client, person: Person): LiveStream<NotificationAddedSubscription> {
  client.sent.add(operationName(NotificationAddedDocument));
  return client.door
    .live(person.accessToken)
    .subscribe<NotificationAddedSubscription>(print(NotificationAddedDocument), {
      after: encodeCursor(`notification-stream:${person.id}`, '0'),
    });
}

export function notificationsContract(client: () => Client): void {
  it('Notifications and MarkNotificationsRead', async () => {
    const [ada, bo, cy] = [
      await client().register('ada'),
      await client().register('bo'),
      await client().register('cy'),
    ];
    const tweetId = await ada.post('Look at this.');
    await bo.ask(LikeTweetDocument, { input: { tweetId } });
    await cy.ask(FollowUserDocument, { input: { userId: ada.id } });
    const answerId = await cy.post('I see.', { replyToTweetId: tweetId });
    await bo.post(`Have you seen this, @${ada.username}?`);

    const { notifications } = await ada.ask(NotificationsDocument, {});
    expect(notifications?.unreadCount).toBe(4);
    expect(notifications?.edges.map(({ node }) => node)).toMatchObject([
      { kind: 'MENTION', sampleActors: [{ id: bo.id }], isRead: false },
      { kind: 'REPLY', sampleActors: [{ id: cy.id }], tweet: { id: answerId, text: 'I see.' } },
      { kind: 'FOLLOW', sampleActors: [{ id: cy.id, username: cy.username }], tweet: null },
      {
        kind: 'LIKE',
        actorCount: 1,
        milestone: null,
        sampleActors: [{ id: bo.id, username: bo.username }],
        tweet: { id: tweetId, text: 'Look at this.' },
      },
    ]);

    const first = await ada.ask(NotificationsDocument, { first: 1, kinds: ['LIKE', 'FOLLOW'] });
    expect(first.notifications).toMatchObject({
      unreadCount: 2,
      edges: [{ node: { kind: 'FOLLOW' } }],
      pageInfo: { hasNextPage: true },
    });
    const after = first.notifications?.pageInfo.endCursor ?? '';
    const second = await ada.ask(NotificationsDocument, { first: 1, after, kinds: ['LIKE', 'FOLLOW'] });
    expect(second.notifications).toMatchObject({
      edges: [{ node: { kind: 'LIKE' } }],
      pageInfo: { hasNextPage: false },
    });

    const ids = notifications?.edges.map(({ node }) => node?.id ?? '') ?? [];
    const marked = await ada.ask(MarkNotificationsReadDocument, { input: { upTo: ids[1] ?? '' } });
    expect(marked.markNotificationsRead).toEqual({ unreadCount: 1, userErrors: [] });
    const read = await ada.ask(NotificationsDocument, {});
    expect(read.notifications?.edges.map(({ node }) => node?.isRead)).toEqual([false, true, true, true]);

    // What is deleted, undone and blocked afterwards is gone at the next read.
    await cy.ask(DeleteTweetDocument, { input: { tweetId: answerId } });
    await bo.ask(UnlikeTweetDocument, { input: { tweetId } });
    const left = await ada.ask(NotificationsDocument, {});
    expect(left.notifications?.edges.map(({ node }) => node?.kind)).toEqual(['MENTION', 'FOLLOW']);
    await ada.ask(BlockUserDocument, { input: { userId: bo.id } });
    const quiet = await ada.ask(NotificationsDocument, {});
    expect(quiet.notifications).toMatchObject({ unreadCount: 0, edges: [{ node: { kind: 'FOLLOW' } }] });

    const nodes = await ada.ask(NodesDocument, { ids });
    expect(nodes.nodes.map((node) => node?.__typename ?? null)).toEqual([null, null, 'Notification', null]);
    const others = await cy.ask(NodesDocument, { ids });
    expect(others.nodes).toEqual([null, null, null, null]);
    const refused = await cy.ask(MarkNotificationsReadDocument, { input: { upTo: ids[2] ?? '' } });
    expect(refused.markNotificationsRead).toMatchObject({ unreadCount: null, userErrors: [{ code: 'NOT_FOUND' }] });
  });

  it('NotificationPreferences, SetNotificationPreference and RegisterPushSubscription', async () => {
    const [ada, bo] = [await client().register('ada'), await client().register('bo')];
    const { notificationPreferences, pushPublicKey } = await ada.ask(NotificationPreferencesDocument, {});
    expect(notificationPreferences?.filter(({ kind }) => kind === 'LIKE')).toEqual([
      { kind: 'LIKE', channel: 'IN_APP', isEnabled: true },
      { kind: 'LIKE', channel: 'PUSH', isEnabled: true },
      // Nobody is written to who has not asked for it.
      { kind: 'LIKE', channel: 'EMAIL', isEnabled: false },
    ]);
    expect(Buffer.from(pushPublicKey ?? '', 'base64url')).toHaveLength(65);

    const input = { kind: 'LIKE', channel: 'IN_APP', isEnabled: false } as const;
    const { setNotificationPreference } = await ada.ask(SetNotificationPreferenceDocument, { input });
    expect(setNotificationPreference.userErrors).toEqual([]);
    expect(setNotificationPreference.preferences).toContainEqual(input);
    const tweetId = await ada.post('Quietly liked.');
    await bo.ask(LikeTweetDocument, { input: { tweetId } });
    expect((await ada.ask(NotificationsDocument, {})).notifications).toMatchObject({ edges: [], unreadCount: 0 });

    const browser = createECDH('prime256v1').generateKeys('base64url');
    const subscription = { p256dh: browser, auth: randomBytes(16).toString('base64url') };
    const register = async (endpoint: string) =>
      (await ada.ask(RegisterPushSubscriptionDocument, { input: { endpoint, ...subscription } }))
        .registerPushSubscription;
    expect(await register('https://push.example.org/ada')).toEqual({ userErrors: [] });
    expect(await register('https://127.0.0.1/ada')).toMatchObject({
      userErrors: [{ code: 'INVALID', field: ['input', 'endpoint'] }],
    });
  });

  it('NotificationAdded', async () => {
    const [ada, bo] = [await client().register('ada'), await client().register('bo')];
    const tweetId = await ada.post('Something to like.');
    const stream = watch(client(), ada);
    await bo.ask(LikeTweetDocument, { input: { tweetId } });
    const { data } = await stream.next();
    expect(data).toMatchObject({
      notificationAdded: {
        __typename: 'NotificationAdded',
        unreadCount: 1,
        notification: {
          kind: 'LIKE',
          actorCount: 1,
          sampleActors: [{ username: bo.username }],
          tweet: { id: tweetId, text: 'Something to like.' },
        },
      },
    });
    await bo.ask(FollowUserDocument, { input: { userId: ada.id } });
    expect((await stream.next()).data).toMatchObject({
      notificationAdded: { unreadCount: 2, notification: { kind: 'FOLLOW', tweet: null } },
    });
    await stream.end();

    const after = data?.notificationAdded.cursor;
    const live = client().door.live(ada.accessToken);
    const resumed = live.subscribe<NotificationAddedSubscription>(print(NotificationAddedDocument), { after });
    expect((await resumed.next()).data).toMatchObject({ notificationAdded: { notification: { kind: 'FOLLOW' } } });
    await resumed.end();
    await live.close();
  });
}
