import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { events } from './support/events.ts';
import { openTestTimeline, type TestTimeline } from './support/timeline.ts';

const FEW = 5;
let timeline: TestTimeline;
beforeAll(async () => {
  timeline = await openTestTimeline(undefined, { fewFollowers: FEW });
});
afterAll(() => timeline.stop());

const AMONG_VIEWERS = 'timeline.listFollowersAmongViewers';
const AMONG_FOLLOWERS = 'timeline.listFollowersToPushTo';

async function followedBy(count: number) {
  const [author, ...followers] = timeline.newUsers(count + 1) as [string, ...string[]];
  await timeline.emit(...followers.map((user) => events.followed(user, author)));
  await timeline.eventLog.processAll();
  return { author, followers };
}
const cachedIds = async (viewer: string) => (await timeline.cache.get(viewer))?.ids;

/** The statements of fan-out about followers, while `post` is pushed. */
async function waysOf(post: () => Promise<unknown>): Promise<string[]> {
  const names = await timeline.statementsOf(async () => {
    await post();
    await timeline.eventLog.processAll();
  });
  return names.filter((name) => name === AMONG_VIEWERS || name === AMONG_FOLLOWERS);
}

describe('what is posted by who has more followers than homes are cached', () => {
  it('goes to those of them whose homes are cached, at a cost that knows nothing of the others', async () => {
    await timeline.cache.clear();
    const { author, followers } = await followedBy(60);
    const [first, second, away] = followers as [string, string, string];
    const [stranger] = timeline.newUsers(1) as [string];
    for (const viewer of [first, second, stranger]) await timeline.home(viewer);
    const posted: bigint[] = [];
    expect(
      await waysOf(async () => {
        posted.unshift(BigInt((await timeline.post(author)).id));
      }),
    ).toEqual([AMONG_VIEWERS]);
    expect(await cachedIds(first)).toEqual(BigInt64Array.from(posted));
    expect(await cachedIds(second)).toEqual(BigInt64Array.from(posted));
    expect(await cachedIds(stranger)).toEqual(new BigInt64Array());
    expect(await cachedIds(away)).toBeUndefined();
  });

  it('leaves out the homes in which an answer does not belong', async () => {
    await timeline.cache.clear();
    const { author, followers } = await followedBy(20);
    const { author: other } = await followedBy(1);
    const [both, one] = followers as [string, string];
    await timeline.emit(events.followed(both, other));
    const root = await timeline.post(other);
    for (const viewer of [both, one]) await timeline.home(viewer);
    const reply = await timeline.post(author, { replyTo: root });
    await timeline.eventLog.processAll();
    expect(await cachedIds(both)).toEqual(BigInt64Array.of(BigInt(reply.id), BigInt(root.id)));
    expect(await cachedIds(one)).toEqual(new BigInt64Array());
  });

  it('goes to a home that is being built meanwhile', async () => {
    await timeline.cache.clear();
    const { author, followers } = await followedBy(20);
    const [viewer] = followers as [string];
    const build = await timeline.cache.beginBuild(viewer);
    const { id } = await timeline.post(author);
    await timeline.eventLog.processAll();
    const read = { ids: new BigInt64Array(), completeDownTo: 0n, graphVersion: 0n, builtAt: 1 };
    expect((await build.finish(read))?.ids).toEqual(BigInt64Array.of(BigInt(id)));
  });
});

it('what is posted by who has fewer goes through the followers, also in one batch with what the others post', async () => {
  await timeline.cache.clear();
  const { author: small, followers } = await followedBy(FEW + 1);
  const { author: large, followers: crowd } = await followedBy(60);
  const [viewer] = followers as [string];
  await timeline.emit(events.followed(viewer, large));
  for (const user of [...followers, ...crowd.slice(0, 10)]) await timeline.home(user);
  const [one, two] = [small, large].map((authorId) => ({ id: timeline.newId('tweet'), authorId })) as [
    { id: string; authorId: string },
    { id: string; authorId: string },
  ];
  expect(await waysOf(() => timeline.emit(events.posted(one), events.posted(two)))).toEqual([
    AMONG_FOLLOWERS,
    AMONG_VIEWERS,
  ]);
  expect(await cachedIds(viewer)).toEqual(BigInt64Array.of(BigInt(two.id), BigInt(one.id)));
});

describe('new tweets and retweets', () => {
  const COPIES = /^timeline\.(copyAdded|add|mark|lockChanges)/;
  const copiedBy = (work: () => Promise<unknown>) =>
    timeline
      .statementsOf(async () => {
        await work();
        await timeline.eventLog.processAll();
      })
      .then((names) => names.filter((name) => COPIES.test(name)));

  it('are copied in one statement, in the order of their events', async () => {
    const { author, followers } = await followedBy(2);
    const [viewer] = followers as [string];
    const tweets = Array.from({ length: 20 }, () => ({ id: timeline.newId('tweet'), authorId: author }));
    const retweets = tweets.map((tweet) => ({ ...tweet, retweetId: timeline.newId('retweet'), retweeterId: viewer }));
    const all = tweets.toReversed().map((tweet) => events.posted(tweet, { text: 'Sun' }));
    expect(await copiedBy(() => timeline.emit(...all, ...retweets.map(events.retweeted)))).toEqual([
      'timeline.copyAdded',
    ]);
    const { rows } = await timeline.database.pool.query(
      'SELECT id FROM timeline.entries WHERE actor_id = ANY($1::bigint[]) ORDER BY change',
      [[author, viewer]],
    );
    expect(rows.map(({ id }) => id)).toEqual([
      ...tweets.toReversed().map(({ id }) => id),
      ...retweets.map(({ retweetId }) => retweetId),
    ]);
    // Delivered again, also under another id, they change nothing.
    const [tweet] = tweets as [(typeof tweets)[0]];
    await timeline.emit(events.posted(tweet), events.retweeted(retweets[0] as (typeof retweets)[0]));
    const again = 'SELECT count(*)::int AS n FROM timeline.entries WHERE actor_id = ANY($1::bigint[])';
    await timeline.eventLog.processAll();
    expect((await timeline.database.pool.query(again, [[author, viewer]])).rows).toEqual([{ n: 40 }]);
  });

  it('are born deleted when the tweet was deleted before, and say nothing', async () => {
    const { author, followers } = await followedBy(1);
    const [viewer] = followers as [string];
    const tweet = { id: timeline.newId('tweet'), authorId: author };
    await timeline.emit(events.deleted(tweet));
    await timeline.eventLog.processAll();
    const retweet = { ...tweet, retweetId: timeline.newId('retweet'), retweeterId: viewer };
    const late = [events.posted(tweet, { text: 'Sun' }), events.retweeted(retweet)];
    expect(await copiedBy(() => timeline.emit(...late))).toEqual(['timeline.copyAdded']);
    expect((await timeline.home(viewer)).nodes).toEqual([]);
    const said = 'SELECT FROM timeline.tweet_words WHERE tweet_id = $1';
    expect((await timeline.database.pool.query(said, [tweet.id])).rows).toEqual([]);
  });

  it('that come with other events are copied with them, in their transaction', async () => {
    const { author } = await followedBy(1);
    const tweet = { id: timeline.newId('tweet'), authorId: author };
    const names = await copiedBy(() => timeline.emit(events.posted(tweet), events.deleted(tweet)));
    expect(names).toContain('timeline.markTweetsDeleted');
    expect(names).not.toContain('timeline.copyAdded');
  });
});
