import { statement } from '@starling/platform/postgres';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { redeliverForTests } from '../../../platform/src/event-log/testing.ts';
import { at, events, type TestEvent } from './support/events.ts';
import { inOrder, Model, type Told } from './support/model.ts';
import { type Node, openTestNotifications, type TestNotifications } from './support/notifications.ts';

const PEOPLE = 12;
const WINDOW_MS = 300_000;
const person = fc.nat(PEOPLE - 1);
/** Most of it concerns few. */
const popular = fc.nat(2);
const pick = fc.nat(1_000);
const window = fc.nat(3);
const until = fc.constantFrom(null, new Date('2001-01-01'), new Date('2101-01-01'));
const text = fc.constantFrom('', 'Sun', 'rain', 'sun and Rain');
const phrase = fc.constantFrom('Sun', 'rain');
const does = <Name extends string>(...names: readonly Name[]) => fc.constantFrom(...names);

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: does('post', 'reply', 'quote'),
      by: person,
      pick,
      text,
      mentioning: fc.uniqueArray(popular, { maxLength: 2 }),
      window,
    }),
  },
  {
    weight: 16,
    arbitrary: fc.record({
      do: does('like', 'like', 'like', 'retweet', 'retweet', 'unlike', 'undo'),
      by: person,
      pick,
      window,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: does('crowd'), pick, window, stays: person }) },
  { weight: 1, arbitrary: fc.record({ do: does('delete'), pick }) },
  { weight: 5, arbitrary: fc.record({ do: does('follow', 'request'), by: person, of: popular, window }) },
  { weight: 2, arbitrary: fc.record({ do: does('unfollow', 'withdraw'), by: person, of: popular }) },
  { weight: 2, arbitrary: fc.record({ do: does('block', 'unblock'), by: person, of: popular }) },
  { weight: 2, arbitrary: fc.record({ do: does('block', 'unblock'), by: popular, of: person }) },
  { weight: 3, arbitrary: fc.record({ do: does('mute'), by: popular, of: person, onlyRetweets: fc.boolean(), until }) },
  { weight: 1, arbitrary: fc.record({ do: does('unmute'), by: popular, of: person }) },
  { weight: 2, arbitrary: fc.record({ do: does('mute word', 'unmute word'), by: popular, phrase, until }) },
  { weight: 2, arbitrary: fc.record({ do: does('protect', 'open'), by: person }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: does('prefer'),
      by: popular,
      kind: does('LIKE', 'MENTION', 'MILESTONE'),
      isEnabled: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: does('mark read'), by: popular, pick }) },
  { weight: 1, arbitrary: fc.record({ do: does('redeliver') }) },
  { weight: 6, arbitrary: fc.record({ do: does('read'), by: popular, size: fc.integer({ min: 1, max: 5 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

let here: TestNotifications;
/** Is told the same events in another order. */
let elsewhere: TestNotifications;
beforeAll(async () => {
  here = await openTestNotifications();
  elsewhere = await openTestNotifications();
});
afterAll(async () => {
  await here.stop();
  await elsewhere.stop();
});

function withoutId({ id: _id, isRead: _isRead, ...told }: Node): Told {
  return told;
}

/** Every page to the end. */
async function readAll(from: TestNotifications, viewer: string, size: number): Promise<Node[]> {
  const nodes: Node[] = [];
  let page = await from.list(viewer, { first: size });
  const { unreadCount } = page;
  for (;;) {
    nodes.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) break;
    expect(page.nodes).toHaveLength(size);
    page = await from.list(viewer, { first: size, after: page.pageInfo.endCursor as string });
  }
  expect(unreadCount).toBe(nodes.filter(({ isRead }) => !isRead).length);
  const ids = nodes.map(({ id }) => BigInt(id));
  expect(ids.every((id, place) => place === 0 || id < (ids[place - 1] as bigint))).toBe(true);
  return nodes;
}

/** The same events, those of one key in their order. */
function shuffled(told: readonly TestEvent[], order: () => number): TestEvent[] {
  const byKey = new Map<string, TestEvent[]>();
  for (const event of told) {
    const key = `${event.topic} ${event.key}`;
    byKey.set(key, [...(byKey.get(key) ?? []), event]);
  }
  const lines = [...byKey.values()];
  const result: TestEvent[] = [];
  while (lines.length > 0) {
    const place = order() % lines.length;
    const line = lines[place] as TestEvent[];
    result.push(line.shift() as TestEvent);
    if (line.length === 0) lines.splice(place, 1);
  }
  return result;
}

const countKinds = statement(
  'test.countKinds',
  'SELECT kind, count(*)::int AS count FROM notifications.entries GROUP BY kind',
);

let lastPeople: readonly string[] = [];

async function live(steps: readonly Step[], seed: number): Promise<void> {
  const people = here.newUsers(PEOPLE);
  lastPeople = people;
  const name = (index: number) => people[index] as string;
  const model = new Model();
  const told: TestEvent[] = [];
  const marks = new Map<string, bigint>();
  const newestRetweet = new Map<string, string>();
  // Long enough ago that nothing of it counts as late, and no two things in the same millisecond.
  const base = Math.floor((Date.now() - 10_000_000) / WINDOW_MS) * WINDOW_MS;
  let moments = 0;
  const moment = (place: number) => base + place * WINDOW_MS + moments++;

  const emit = async (...happened: readonly TestEvent[]) => {
    told.push(...happened);
    await here.emit(...happened);
  };
  const chosen = (index: number) => model.tweets[index % model.tweets.length];

  async function check(viewer: string, size: number): Promise<void> {
    const nodes = await readAll(here, viewer, size);
    expect(inOrder(nodes).map(withoutId)).toEqual(model.notifications(viewer));
    const mark = marks.get(viewer) ?? 0n;
    expect(nodes.map(({ isRead }) => isRead)).toEqual(nodes.map(({ id }) => BigInt(id) <= mark));
  }

  async function take(one: Step): Promise<void> {
    switch (one.do) {
      case 'post':
      case 'reply':
      case 'quote': {
        const about = chosen(one.pick);
        const atMs = moment(one.window);
        const tweet = {
          id: here.newId('tweet', atMs),
          author: name(one.by),
          atMs,
          text: one.text,
          replyTo: one.do === 'reply' ? about : undefined,
          quoting: one.do === 'quote' ? about : undefined,
          mentioning: one.mentioning.map(name),
          isDeleted: false,
        };
        model.tweets.push(tweet);
        const { replyTo, quoting, mentioning } = tweet;
        const reference = (to: NonNullable<typeof replyTo>) => ({ id: to.id, authorId: to.author });
        return emit(
          events.posted(
            { id: tweet.id, authorId: tweet.author },
            {
              text: one.text,
              mentioning,
              ...(replyTo && { replyTo: reference(replyTo) }),
              ...(quoting && { quoting: reference(quoting) }),
            },
          ),
        );
      }
      case 'like':
      case 'retweet':
      case 'unlike':
      case 'undo': {
        const tweet = chosen(one.pick);
        if (!tweet) return;
        const subject = { id: tweet.id, authorId: tweet.author };
        const key = `${one.by} ${tweet.id}`;
        if (one.do === 'like') {
          const atMs = moment(model.likes.get(tweet)?.has(name(one.by)) ? 4 : one.window);
          model.does(model.likes, tweet, name(one.by), atMs);
          return emit(at(atMs, events.liked(name(one.by), subject)));
        }
        if (one.do === 'unlike') {
          if (!model.likes.get(tweet)?.has(name(one.by))) return;
          model.undoes(model.likes, tweet, name(one.by));
          return emit(at(moment(3), events.unliked(name(one.by), subject)));
        }
        if (one.do === 'undo') {
          const retweetId = newestRetweet.get(key);
          if (!retweetId) return;
          model.undoes(model.retweets, tweet, name(one.by));
          return emit(events.retweetUndone(retweetId, name(one.by), subject));
        }
        if (name(one.by) === tweet.author || model.retweets.get(tweet)?.get(name(one.by))?.stands) return;
        // Later ones have larger ids.
        const atMs = moment(newestRetweet.has(key) ? 4 : one.window);
        const retweetId = here.newId('retweet', atMs);
        newestRetweet.set(key, retweetId);
        model.does(model.retweets, tweet, name(one.by), atMs);
        return emit(events.retweeted(retweetId, name(one.by), subject));
      }
      case 'crowd': {
        const tweet = chosen(one.pick);
        if (!tweet) return;
        const crowd = people.filter((user) => user !== name(one.stays));
        const likes = crowd.map((user) => {
          const atMs = moment(model.likes.get(tweet)?.has(user) ? 4 : one.window);
          model.does(model.likes, tweet, user, atMs);
          return at(atMs, events.liked(user, { id: tweet.id, authorId: tweet.author }));
        });
        return emit(...likes);
      }
      case 'delete': {
        const tweet = chosen(one.pick);
        if (!tweet) return;
        tweet.isDeleted = true;
        return emit(events.deleted({ id: tweet.id, authorId: tweet.author }));
      }
      case 'follow':
      case 'request': {
        if (one.by === one.of) return;
        const [by, of] = [name(one.by), name(one.of)];
        const table = one.do === 'follow' ? model.follows : model.requests;
        const atMs = moment(table.get(of)?.has(by) ? 4 : one.window);
        model.does(table, of, by, atMs);
        return emit(at(atMs, one.do === 'follow' ? events.followed(by, of) : events.followRequested(by, of)));
      }
      case 'unfollow':
      case 'withdraw': {
        const [by, of] = [name(one.by), name(one.of)];
        const table = one.do === 'unfollow' ? model.follows : model.requests;
        if (!table.get(of)?.has(by)) return;
        model.undoes(table, of, by);
        return emit(
          one.do === 'unfollow' ? events.unfollowed(by, of) : events.followRequestRemoved(by, of, 'WITHDRAWN'),
        );
      }
      case 'block':
        if (one.by === one.of) return;
        model.blocks.add(`${name(one.by)} ${name(one.of)}`);
        return emit(events.blocked(name(one.by), name(one.of)));
      case 'unblock':
        model.blocks.delete(`${name(one.by)} ${name(one.of)}`);
        return emit(events.unblocked(name(one.by), name(one.of)));
      case 'mute':
        if (one.by === one.of) return;
        model.mutes.set(`${name(one.by)} ${name(one.of)}`, { onlyRetweets: one.onlyRetweets, until: one.until });
        return emit(events.muted(name(one.by), name(one.of), one.onlyRetweets, one.until));
      case 'unmute':
        model.mutes.delete(`${name(one.by)} ${name(one.of)}`);
        return emit(events.unmuted(name(one.by), name(one.of)));
      case 'mute word': {
        const muted = model.keywords.get(name(one.by)) ?? new Map();
        model.keywords.set(name(one.by), muted.set(one.phrase, one.until));
        return emit(events.keywordMuted(name(one.by), one.phrase, one.until));
      }
      case 'unmute word':
        model.keywords.get(name(one.by))?.delete(one.phrase);
        return emit(events.keywordUnmuted(name(one.by), one.phrase));
      case 'protect':
        model.protectedUsers.add(name(one.by));
        return emit(events.profileChanged(name(one.by), true));
      case 'open':
        model.protectedUsers.delete(name(one.by));
        return emit(events.profileChanged(name(one.by), false));
      case 'prefer': {
        const key = `${name(one.by)} ${one.kind}`;
        if (one.isEnabled) model.disabled.delete(key);
        else model.disabled.add(key);
        await here.prefer(name(one.by), one.kind, one.isEnabled);
        return elsewhere.prefer(name(one.by), one.kind, one.isEnabled);
      }
      case 'mark read': {
        const viewer = name(one.by);
        const { nodes } = await here.list(viewer, { first: 100 });
        const node = nodes[one.pick % nodes.length];
        if (!node) return;
        const mark = marks.get(viewer) ?? 0n;
        marks.set(viewer, BigInt(node.id) > mark ? BigInt(node.id) : mark);
        const { unreadCount } = await here.markRead(viewer, node.id);
        expect(unreadCount).toBe(nodes.filter(({ id }) => BigInt(id) > (marks.get(viewer) ?? 0n)).length);
        return;
      }
      case 'redeliver':
        return redeliverForTests(here.database, 'notifications.copies');
      case 'read':
        return check(name(one.by), one.size);
    }
  }

  for (const one of steps) await take(one);
  for (const viewer of people) await check(viewer, 7);

  // The same list, ids and all, from the same events in another order and in other batches.
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state >> 8;
  };
  const another = shuffled(told, random);
  while (another.length > 0) {
    await elsewhere.emit(...another.splice(0, 1 + (random() % 40)));
    if (random() % 2 === 0) await elsewhere.eventLog.processAll();
  }
  for (const viewer of people) {
    const [one, other] = [await readAll(here, viewer, 100), await readAll(elsewhere, viewer, 100)];
    expect(other.map(({ isRead: _, ...node }) => node)).toEqual(one.map(({ isRead: _, ...node }) => node));
  }
}

it('every list and count is what people did, whatever is hidden, delivered again or told in another order', async () => {
  const story = fc.array(step, { minLength: 30, maxLength: 110 });
  await fc.assert(fc.asyncProperty(story, fc.nat(), live), {
    numRuns: Number(process.env.NOTIFICATION_MODEL_RUNS ?? 6),
    seed: Number(process.env.NOTIFICATION_MODEL_SEED ?? 20_240_607),
    // Whoever looks for a shorter story says so: it takes its time.
    endOnFailure: process.env.NOTIFICATION_MODEL_SHRINK === undefined,
  });
  // Were one missing, nothing would have been shown of it.
  const kinds = await here.database.query<{ kind: string; count: number }>(countKinds);
  expect(kinds.map(({ kind }) => kind).sort()).toEqual([
    'FOLLOW',
    'FOLLOW_REQUEST',
    'LIKE',
    'MENTION',
    'MILESTONE',
    'QUOTE',
    'REPLY',
    'RETWEET',
  ]);
  const marked = Object.fromEntries(kinds.map(({ kind, count }) => [kind, count]));
  expect(marked.MILESTONE).toBeGreaterThan(3);

  const before = await Promise.all(lastPeople.map((viewer) => readAll(here, viewer, 100)));
  expect(before.flat().length).toBeGreaterThan(10);
  await here.rebuild();
  expect(await Promise.all(lastPeople.map((viewer) => readAll(here, viewer, 100)))).toEqual(before);
}, 600_000);
