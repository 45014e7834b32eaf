import { encodeCursor } from '@starling/platform/pagination';
import { homeBySql } from '@starling/timeline';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redeliverForTests } from '../../../platform/src/event-log/testing.ts';
import { heldCache } from './support/held-cache.ts';
import { Model, pageOf } from './support/model.ts';
import {
  entryIds,
  events,
  openTestTimeline,
  type PageArguments,
  type Retweet,
  type TestTimeline,
  type Tweet,
} from './support/timeline.ts';

const PEOPLE = 5;
const person = fc.nat(PEOPLE - 1);
const pick = fc.nat(1_000);
const text = fc.constantFrom('sun', 'Rain and SUN', 'wind');

/** What may happen. `pick` chooses among the tweets or retweets there are; `place` is a time before or after the others. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('post' as const), by: person, place: fc.option(pick), text }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('reply' as const), by: person, pick, place: fc.option(pick), text }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('quote' as const), by: person, pick, text }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('retweet' as const), by: person, pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), pick }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('follow' as const), by: person, of: person }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('unfollow' as const), by: person, of: person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('block' as const), by: person, of: person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unblock' as const), by: person, of: person }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('mute' as const),
      by: person,
      of: person,
      onlyRetweets: fc.boolean(),
      until: fc.constantFrom(null, new Date('2001-01-01'), new Date('2101-01-01')),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unmute' as const), by: person, of: person }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('mute word' as const),
      by: person,
      phrase: fc.constantFrom('Sun', 'rain'),
      until: fc.constantFrom(null, new Date('2001-01-01'), new Date('2101-01-01')),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('unmute word' as const),
      by: person,
      phrase: fc.constantFrom('Sun', 'rain'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('protect' as const, 'open' as const), by: person }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('evict' as const), of: person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('processAll' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('redeliver' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hold fan-out' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release fan-out' as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('read' as const),
      by: person,
      size: fc.integer({ min: 1, max: 7 }),
      backward: fc.boolean(),
      after: fc.option(pick),
      before: fc.option(pick),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

describe('homes of random people doing random things', () => {
  let timeline: TestTimeline;
  const cache = heldCache({ capacity: 6, maxViewers: 3 });
  // So small that every home goes below what is cached.
  beforeAll(async () => {
    timeline = await openTestTimeline(() => cache);
  });
  afterAll(async () => {
    cache.release();
    await timeline.stop();
  });

  async function live(steps: readonly Step[]): Promise<void> {
    const people = timeline.newUsers(PEOPLE);
    const name = (index: number) => people[index] as string;
    const model = new Model();
    const tweets: Tweet[] = [];
    const retweets: Retweet[] = [];
    const chosen = <Thing>(things: readonly Thing[], index: number) => things[index % things.length];

    async function read(viewer: string, args: PageArguments, after?: bigint, before?: bigint): Promise<void> {
      const list = `home:${viewer}`;
      const connection = await timeline.home(viewer, {
        ...args,
        ...(after !== undefined && { after: encodeCursor(list, after.toString()) }),
        ...(before !== undefined && { before: encodeCursor(list, before.toString()) }),
      });
      const { hasNextPage, hasPreviousPage } = connection.pageInfo;
      const ids = entryIds(list, connection).map(BigInt);
      expect({ ids, hasNextPage, hasPreviousPage }).toEqual(pageOf(model.home(viewer), args, after, before));
    }

    async function take(one: Step): Promise<void> {
      switch (one.do) {
        case 'post':
        case 'reply':
        case 'quote': {
          const replyTo = one.do === 'reply' ? chosen(tweets, one.pick) : undefined;
          const quoting = one.do === 'quote' ? chosen(tweets, one.pick) : undefined;
          const place = one.do === 'quote' ? null : one.place;
          const options = {
            text: one.text,
            ...(replyTo && { replyTo }),
            ...(quoting && { quoting }),
            ...(place !== null && { at: 1_000 * place }),
          };
          const tweet = await timeline.post(name(one.by), options);
          tweets.push(tweet);
          model.post(tweet, options);
          return;
        }
        case 'retweet': {
          const tweet = chosen(tweets, one.pick);
          if (!tweet || !model.entries.some(({ id }) => id === BigInt(tweet.id))) return;
          const retweet = await timeline.retweet(name(one.by), tweet);
          retweets.push(retweet);
          model.retweet(retweet);
          return;
        }
        case 'delete': {
          const tweet = chosen(tweets, one.pick);
          if (!tweet) return;
          model.delete(tweet);
          return timeline.emit(events.deleted(tweet));
        }
        case 'undo': {
          const retweet = chosen(retweets, one.pick);
          if (!retweet) return;
          model.undo(retweet);
          return timeline.emit(events.retweetUndone(retweet));
        }
        case 'follow':
          if (one.by === one.of) return;
          model.follows.add(`${name(one.by)} ${name(one.of)}`);
          return timeline.emit(events.followed(name(one.by), name(one.of)));
        case 'unfollow':
          model.follows.delete(`${name(one.by)} ${name(one.of)}`);
          return timeline.emit(events.unfollowed(name(one.by), name(one.of)));
        case 'block': {
          if (one.by === one.of) return;
          const [by, of] = [name(one.by), name(one.of)];
          model.blocks.add(`${by} ${of}`);
          model.follows.delete(`${by} ${of}`);
          model.follows.delete(`${of} ${by}`);
          return timeline.emit(events.blocked(by, of), events.unfollowed(by, of), events.unfollowed(of, by));
        }
        case 'unblock':
          model.blocks.delete(`${name(one.by)} ${name(one.of)}`);
          return timeline.emit(events.unblocked(name(one.by), name(one.of)));
        case 'mute':
          if (one.by === one.of) return;
          model.mutes.set(`${name(one.by)} ${name(one.of)}`, { onlyRetweets: one.onlyRetweets, until: one.until });
          return timeline.emit(events.muted(name(one.by), name(one.of), one.onlyRetweets, one.until));
        case 'unmute':
          model.mutes.delete(`${name(one.by)} ${name(one.of)}`);
          return timeline.emit(events.unmuted(name(one.by), name(one.of)));
        case 'mute word': {
          const muted = model.keywords.get(name(one.by)) ?? new Map();
          model.keywords.set(name(one.by), muted.set(one.phrase, one.until));
          return timeline.emit(events.keywordMuted(name(one.by), one.phrase, one.until));
        }
        case 'unmute word':
          model.keywords.get(name(one.by))?.delete(one.phrase);
          return timeline.emit(events.keywordUnmuted(name(one.by), one.phrase));
        case 'protect':
          model.protectedUsers.add(name(one.by));
          return timeline.emit(events.profileChanged(name(one.by)));
        case 'open':
          model.protectedUsers.delete(name(one.by));
          return timeline.emit(events.profileChanged(name(one.by), false));
        case 'evict':
          return timeline.cache.evict([name(one.of)]);
        case 'hold fan-out':
          return cache.hold();
        case 'release fan-out':
          return cache.release();
        case 'processAll':
          cache.release();
          return timeline.eventLog.processAll();
        case 'redeliver':
          return redeliverForTests(timeline.database, 'timeline.copies');
        case 'read': {
          const places = model.entries.map(({ id }) => id);
          const place = (index: number | null) => (index === null ? undefined : chosen(places, index));
          return read(
            name(one.by),
            one.backward ? { last: one.size } : { first: one.size },
            place(one.after),
            place(one.before),
          );
        }
      }
    }

    for (const one of steps) await take(one);
    cache.release();
    await timeline.eventLog.processAll();
    for (const viewer of people) {
      expect((await homeBySql(timeline.database, viewer)).map(({ id }) => BigInt(id))).toEqual(model.home(viewer));
      // The same home again from the cache, from the source, and where the two meet.
      for (const evicted of [false, true]) {
        if (evicted) await timeline.cache.evict([viewer]);
        for (const size of [1, 4, 100]) {
          await readThrough(viewer, size, model.home(viewer));
        }
      }
    }
  }

  /** Every page to the end, and every page back to the beginning. */
  async function readThrough(viewer: string, size: number, home: readonly bigint[]): Promise<void> {
    const list = `home:${viewer}`;
    const down: bigint[] = [];
    let page = await timeline.home(viewer, { first: size });
    expect(page.pageInfo.hasPreviousPage).toBe(false);
    down.push(...entryIds(list, page).map(BigInt));
    while (page.pageInfo.hasNextPage) {
      page = await timeline.home(viewer, { first: size, after: page.pageInfo.endCursor as string });
      expect(page.edges.length > 0 && page.pageInfo.hasPreviousPage).toBe(true);
      down.push(...entryIds(list, page).map(BigInt));
    }
    expect(down).toEqual(home);

    const up: bigint[] = [];
    page = await timeline.home(viewer, { last: size });
    expect(page.pageInfo.hasNextPage).toBe(false);
    up.unshift(...entryIds(list, page).map(BigInt));
    while (page.pageInfo.hasPreviousPage) {
      page = await timeline.home(viewer, { last: size, before: page.pageInfo.startCursor as string });
      expect(page.edges.length > 0 && page.pageInfo.hasNextPage).toBe(true);
      up.unshift(...entryIds(list, page).map(BigInt));
    }
    expect(up).toEqual(home);
  }

  it('are what the rule says, every page of them, both ways, at every moment', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 90 }), live), {
      numRuns: 20,
      seed: 20_240_607,
    });
  }, 120_000);
});
