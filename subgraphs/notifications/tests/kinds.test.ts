import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, events, type Tweet } from './support/events.ts';
import { openTestNotifications, type TestNotifications } from './support/notifications.ts';

const WINDOW_MS = 300_000;
/** A moment in which a window of five minutes begins. */
const NOON = Math.floor(Date.now() / WINDOW_MS) * WINDOW_MS - 100 * WINDOW_MS;

let here: TestNotifications;
beforeAll(async () => {
  here = await openTestNotifications();
});
afterAll(() => here.stop());

/** What a list tells, in short. */
async function told(viewerId: string): Promise<string[]> {
  const { nodes } = await here.list(viewerId, { first: 100 });
  return nodes.map(({ kind, actorCount, milestone }) =>
    milestone === null ? `${kind} ${actorCount}` : `${kind} ${milestone}`,
  );
}

async function people<Count extends number>(_count: Count, tweetAt = NOON - 10 * WINDOW_MS) {
  const [me, ...others] = here.newUsers(12);
  const tweet = await here.post(me as string, { atMs: tweetAt });
  return { me: me as string, others: others as string[], tweet };
}

describe('what somebody does is told', () => {
  it.each<[string, (by: string, tweet: Tweet, me: string) => Promise<void>, boolean]>([
    ['LIKE', (by, tweet) => here.emit(at(NOON, events.liked(by, tweet))), true],
    ['RETWEET', (by, tweet) => here.emit(events.retweeted(here.newId('retweet', NOON), by, tweet)), true],
    ['QUOTE', async (by, tweet) => void (await here.post(by, { quoting: tweet, atMs: NOON })), true],
    ['REPLY', async (by, tweet) => void (await here.post(by, { replyTo: tweet, atMs: NOON })), true],
    ['MENTION', async (by, _tweet, me) => void (await here.post(by, { mentioning: [me], atMs: NOON })), true],
    ['FOLLOW', (by, _tweet, me) => here.emit(at(NOON, events.followed(by, me))), false],
    ['FOLLOW_REQUEST', (by, _tweet, me) => here.emit(at(NOON, events.followRequested(by, me))), false],
  ])('%s', async (kind, act, isAboutTweet) => {
    const { me, others, tweet } = await people(2);
    const by = others[0] as string;
    await act(by, tweet, me);
    const { nodes, unreadCount } = await here.list(me);
    expect(unreadCount).toBe(1);
    expect(nodes).toEqual([
      {
        id: expect.any(String),
        kind,
        createdAt: new Date(NOON).toISOString(),
        updatedAt: new Date(NOON).toISOString(),
        isRead: false,
        actorCount: 1,
        milestone: null,
        sampleActors: [{ id: by }],
        tweet: isAboutTweet ? { id: expect.any(String) } : null,
      },
    ]);
    expect((await here.list(by)).nodes).toEqual([]);
  });

  it('of one tweet once: that it answers, else that it quotes, else that it mentions', async () => {
    const { me, others, tweet } = await people(3);
    const [bo, cy] = others as [string, string];
    await here.post(bo, { replyTo: tweet, quoting: tweet, mentioning: [me] });
    expect(await told(me)).toEqual(['REPLY 1']);
    await here.post(cy, { quoting: tweet, mentioning: [me, me] });
    expect(await told(me)).toEqual(['QUOTE 1', 'REPLY 1']);
    const another = await here.post(bo);
    await here.post(cy, { replyTo: another, mentioning: [me, bo] });
    expect(await told(me)).toEqual(['MENTION 1', 'QUOTE 1', 'REPLY 1']);
    expect(await told(bo)).toEqual(['REPLY 1']);
  });

  it('also when what is quoted is told of after its quote', async () => {
    const [me, bo] = here.newUsers(2) as [string, string];
    const tweet = { id: here.newId('tweet', NOON), authorId: me };
    await here.post(bo, { quoting: tweet, mentioning: [me], atMs: NOON + 1 });
    expect(await told(me)).toEqual(['MENTION 1']);
    await here.emit(events.posted(tweet));
    expect(await told(me)).toEqual(['QUOTE 1']);
  });

  it('of what one does oneself nobody is told', async () => {
    const { me, tweet } = await people(1);
    await here.emit(events.liked(me, tweet), events.retweeted(here.newId('retweet'), me, tweet));
    await here.post(me, { replyTo: tweet, quoting: tweet, mentioning: [me] });
    expect(await told(me)).toEqual([]);
  });
});

describe('what a moderator decides', () => {
  const decision = { kind: 'MODERATION', actorCount: 0, sampleActors: [], milestone: null, isRead: false };

  it('about what was held is told to its author, each decision by itself, and names no moderator', async () => {
    const { me, tweet } = await people(1);
    const [first, second] = [here.newId('tweet'), here.newId('tweet')];
    await here.emit(
      at(NOON, events.released(here.newId('tweet'), tweet)),
      at(NOON + 1, events.discarded(first, me)),
      at(NOON + 2, events.discarded(second, me)),
    );
    const { nodes, unreadCount } = await here.list(me);
    expect(unreadCount).toBe(3);
    expect(nodes).toMatchObject([
      { ...decision, tweet: null, createdAt: new Date(NOON + 2).toISOString() },
      { ...decision, tweet: null, createdAt: new Date(NOON + 1).toISOString() },
      { ...decision, tweet: { id: tweet.id }, createdAt: new Date(NOON).toISOString() },
    ]);
    await here.redeliver();
    await here.rebuild();
    expect(await here.list(me)).toMatchObject({ nodes, unreadCount });
  });

  it('goes with the tweet that was released, and with the kind that is not wanted', async () => {
    const { me, tweet } = await people(1);
    await here.emit(events.released(here.newId('tweet'), tweet), events.discarded(here.newId('tweet'), me));
    await here.emit(events.deleted(tweet));
    expect(await told(me)).toEqual(['MODERATION 0']);
    await here.prefer(me, 'MODERATION', false);
    expect(await here.list(me)).toMatchObject({ nodes: [], unreadCount: 0 });
    await here.prefer(me, 'MODERATION', true);
    expect(await told(me)).toEqual(['MODERATION 0']);
  });
});

describe('what is undone is taken back', () => {
  it('likes, retweets, follows and requests', async () => {
    const { me, others, tweet } = await people(2);
    const by = others[0] as string;
    const retweetId = here.newId('retweet');
    await here.emit(
      events.liked(by, tweet),
      events.retweeted(retweetId, by, tweet),
      events.followed(by, me),
      events.followRequested(by, me),
    );
    expect((await told(me)).sort()).toEqual(['FOLLOW 1', 'FOLLOW_REQUEST 1', 'LIKE 1', 'RETWEET 1']);
    await here.emit(events.unliked(by, tweet));
    await here.emit(events.retweetUndone(retweetId, by, tweet));
    await here.emit(events.unfollowed(by, me));
    expect(await told(me)).toEqual(['FOLLOW_REQUEST 1']);
    await here.emit(events.followRequestRemoved(by, me, 'APPROVED'), events.followed(by, me));
    expect(await told(me)).toEqual(['FOLLOW 1']);
  });

  it('a retweet also when its undoing is told first, and a newer retweet stays', async () => {
    const { me, others, tweet } = await people(2);
    const by = others[0] as string;
    const [first, second] = [here.newId('retweet', NOON), here.newId('retweet', NOON + 1)];
    await here.emit(events.retweetUndone(first, by, tweet));
    await here.emit(events.retweeted(first, by, tweet));
    expect(await told(me)).toEqual([]);
    await here.emit(events.retweeted(second, by, tweet));
    await here.emit(events.retweetUndone(first, by, tweet), events.retweeted(first, by, tweet));
    expect(await told(me)).toEqual(['RETWEET 1']);
  });

  it.each(['before', 'after'])('what is deleted, when that is told %s', async (when) => {
    const { me, others, tweet } = await people(2);
    const by = others[0] as string;
    const answer = { id: here.newId('tweet', NOON), authorId: by };
    const posted = events.posted(answer, { replyTo: tweet });
    for (const event of when === 'before' ? [events.deleted(answer), posted] : [posted, events.deleted(answer)]) {
      await here.emit(event);
    }
    expect(await told(me)).toEqual([]);
    await here.emit(events.liked(by, tweet));
    expect(await told(me)).toEqual(['LIKE 1']);
    await here.emit(events.deleted(tweet));
    expect(await told(me)).toEqual([]);
    await here.emit(events.liked(others[1] as string, tweet));
    expect(await told(me)).toEqual([]);
  });
});

describe('what comes together is one', () => {
  it('a thousand likes within a minute are a handful', async () => {
    const me = here.newUsers(1)[0] as string;
    const tweet = await here.post(me, { atMs: NOON - WINDOW_MS });
    const crowd = here.newUsers(1_000);
    // Across the end of a window.
    await here.emit(...crowd.map((by, place) => at(NOON - 30_000 + 60 * place, events.liked(by, tweet))));
    expect(await told(me)).toEqual(['MILESTONE 1000', 'LIKE 500', 'MILESTONE 100', 'MILESTONE 10', 'LIKE 500']);
    const { nodes } = await here.list(me, { first: 2 });
    expect(nodes[1]).toMatchObject({
      createdAt: new Date(NOON).toISOString(),
      updatedAt: new Date(NOON + 60 * 499).toISOString(),
      sampleActors: crowd
        .slice(-3)
        .reverse()
        .map((id) => ({ id })),
    });
    expect(nodes[0]).toMatchObject({ actorCount: 1_000, sampleActors: [], tweet: { id: tweet.id } });

    const statements = await here.statementsOf(() => here.list(me));
    expect(statements).toEqual(['notifications.listNotifications']);
  });

  it('the first is told at once, and each further one is added to it', async () => {
    const { me, others, tweet } = await people(4);
    for (const [place, by] of others.slice(0, 4).entries()) {
      await here.emit(at(NOON + place, events.liked(by, tweet)));
      const { nodes, unreadCount } = await here.list(me);
      expect(unreadCount).toBe(1);
      expect(nodes).toMatchObject([{ actorCount: place + 1, createdAt: new Date(NOON).toISOString() }]);
      expect(nodes[0]?.sampleActors[0]).toEqual({ id: by });
    }
    await here.emit(at(NOON + WINDOW_MS, events.liked(others[5] as string, tweet)));
    expect(await told(me)).toEqual(['LIKE 1', 'LIKE 4']);
  });

  it('likes of different tweets, and things of different kinds, are apart', async () => {
    const { me, others, tweet } = await people(3);
    const another = await here.post(me);
    const [bo, cy] = others as [string, string];
    await here.emit(
      at(NOON, events.liked(bo, tweet)),
      at(NOON + 1, events.liked(bo, another)),
      at(NOON + 2, events.followed(bo, me)),
      at(NOON + 3, events.followed(cy, me)),
      events.retweeted(here.newId('retweet', NOON + 4), cy, tweet),
    );
    expect(await told(me)).toEqual(['RETWEET 1', 'FOLLOW 2', 'LIKE 1', 'LIKE 1']);
  });

  it('thousands of the same millisecond all have a place of their own', async () => {
    const [by, ...crowd] = here.newUsers(4_001) as [string, ...string[]];
    await here.emit(...crowd.map((one) => at(NOON, events.followed(by, one))));
    await here.eventLog.processAll();
    const { rows } = await here.database.pool.query<{ notified: string }>(
      'SELECT count(DISTINCT recipient_id) AS notified FROM notifications.entries WHERE recipient_id = ANY($1)',
      [crowd],
    );
    expect(rows).toEqual([{ notified: '4000' }]);
  });

  it('what is done a second time stands in its first place', async () => {
    const { me, others, tweet } = await people(2);
    const by = others[0] as string;
    await here.emit(at(NOON, events.liked(by, tweet)));
    const [before] = (await here.list(me)).nodes;
    await here.emit(at(NOON + WINDOW_MS, events.unliked(by, tweet)));
    await here.emit(at(NOON + 2 * WINDOW_MS, events.liked(by, tweet)));
    expect((await here.list(me)).nodes).toEqual([before]);
  });

  it('a milestone is gone when it is no longer reached, and the same again when it is', async () => {
    const { me, others, tweet } = await people(11);
    // One's own like counts, as it does in the tweet's count.
    await here.emit(...[...others.slice(0, 9), me].map((by, place) => at(NOON + place, events.liked(by, tweet))));
    expect(await told(me)).toEqual(['MILESTONE 10', 'LIKE 9']);
    const [milestone] = (await here.list(me)).nodes;
    await here.emit(at(NOON + 20, events.unliked(others[0] as string, tweet)));
    expect(await told(me)).toEqual(['LIKE 8']);
    await here.emit(at(NOON + 30, events.liked(others[10] as string, tweet)));
    expect(await told(me)).toEqual(['MILESTONE 10', 'LIKE 9']);
    expect((await here.list(me)).nodes[0]).toEqual(milestone);
  });
});
