import { expect, it } from 'vitest';
import {
  DiscardHeldTweetDocument,
  HeldTweetsDocument,
  NotificationsDocument,
  PostTweetDocument,
  ReleaseHeldTweetDocument,
  TweetByIdDocument,
} from '../../schema/generated/graphql.ts';
import type { Client, Person } from './people.ts';

/** More links than a young account may post at once. */
const links = (mark: string) => Array.from({ length: 11 }, (_, index) => `${mark}${index}.com`).join(' ');

/** Posts something that is held; answers the id under which it waits, as the moderator finds it. */
async function hold(author: Person, moderator: Person, text: string): Promise<string> {
  const { postTweet } = await author.ask(PostTweetDocument, { input: { text } });
  expect(postTweet).toMatchObject({ tweet: null, userErrors: [{ code: 'HELD_FOR_REVIEW', field: ['input', 'text'] }] });
  const { heldTweets } = await moderator.ask(HeldTweetsDocument, { first: 100 });
  const edge = heldTweets?.edges.find(({ node }) => node.text === text);
  expect(edge?.node).toMatchObject({
    rule: 'links',
    author: { id: author.id, username: author.username },
    replyTo: null,
    quoted: null,
  });
  return edge?.node.id ?? '';
}

export function moderationContract(client: () => Client, makeModerator: (userId: string) => Promise<void>): void {
  it('HeldTweets, ReleaseHeldTweet and DiscardHeldTweet', async () => {
    const [ada, member] = [await client().register('ada'), await client().register('mo')];
    await makeModerator(member.id);
    const mo = await client().logInAgain(member);
    const [first, second] = [await hold(ada, mo, links('one')), await hold(ada, mo, links('two'))];

    for (let time = 0; time < 2; time++) {
      const { releaseHeldTweet } = await mo.ask(ReleaseHeldTweetDocument, { input: { heldTweetId: first } });
      expect(releaseHeldTweet).toMatchObject({
        heldTweetId: first,
        tweet: { text: links('one'), author: { id: ada.id } },
        userErrors: [],
      });
      const tweetId = releaseHeldTweet.tweet?.id ?? '';
      expect((await ada.ask(TweetByIdDocument, { id: tweetId })).tweet?.text).toBe(links('one'));
    }
    for (let time = 0; time < 2; time++) {
      const { discardHeldTweet } = await mo.ask(DiscardHeldTweetDocument, { input: { heldTweetId: second } });
      expect(discardHeldTweet).toEqual({ heldTweetId: second, userErrors: [] });
    }
    const { heldTweets } = await mo.ask(HeldTweetsDocument, { first: 100 });
    expect(heldTweets?.edges.filter(({ node }) => [first, second].includes(node.id))).toEqual([]);
  });

  it('its author is notified of what a moderator decides', async () => {
    const [ada, member] = [await client().register('ada'), await client().register('mo')];
    await makeModerator(member.id);
    const mo = await client().logInAgain(member);
    const [first, second] = [await hold(ada, mo, links('three')), await hold(ada, mo, links('four'))];
    expect((await ada.ask(NotificationsDocument, {})).notifications).toMatchObject({ unreadCount: 0 });

    const { releaseHeldTweet } = await mo.ask(ReleaseHeldTweetDocument, { input: { heldTweetId: first } });
    await mo.ask(DiscardHeldTweetDocument, { input: { heldTweetId: second } });
    const { notifications } = await ada.ask(NotificationsDocument, { kinds: ['MODERATION'] });
    const decision = { kind: 'MODERATION', isRead: false, actorCount: 0, sampleActors: [] };
    expect(notifications).toMatchObject({
      unreadCount: 2,
      edges: [
        { node: { ...decision, tweet: null } },
        { node: { ...decision, tweet: { id: releaseHeldTweet.tweet?.id, text: links('three') } } },
      ],
    });
    expect((await mo.ask(NotificationsDocument, {})).notifications).toMatchObject({ unreadCount: 0 });
  });

  it('nobody but moderators sees what is held', async () => {
    const ada = await client().register('ada');
    const { door } = client();
    for (const [token, code] of [
      [ada.accessToken, 'FORBIDDEN'],
      [undefined, 'UNAUTHENTICATED'],
    ] as const) {
      const { errors } = await door.graphql('{ heldTweets { nodes { id } } }', {}, token);
      expect(errors).toMatchObject([{ extensions: { code } }]);
    }
  });
}
