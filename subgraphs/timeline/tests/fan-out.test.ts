import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { events, openTestTimeline, type TestTimeline } from './support/timeline.ts';

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
