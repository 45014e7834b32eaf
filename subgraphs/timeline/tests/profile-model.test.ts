import { encodeCursor, readPage } from '@starling/platform/pagination';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROFILE_FILTERS, type ProfileFilter } from '../src/profile/profile-filter.ts';
import { listProfileStretches } from '../src/profile/profile-source.ts';
import { readExactPage } from '../src/stretch.ts';
import { events, type Retweet, type Tweet } from './support/events.ts';
import { type AnotherTimeline, openTestTimeline, type PageArguments, type TestTimeline } from './support/timeline.ts';

/** `PROFILE_MODEL_RUNS=200 npx vitest run subgraphs/timeline/tests/profile-model` looks further. */
const RUNS = Number(process.env.PROFILE_MODEL_RUNS ?? 8);
const PEOPLE = 3;
/** So small that lists go on below what is remembered. */
const HEAD = 4;

const person = fc.nat(PEOPLE - 1);
const pick = fc.nat(1_000);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('post' as const),
      by: person,
      media: fc.boolean(),
      answers: fc.option(pick, { freq: 3 }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('retweet' as const), by: person, pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('delete' as const, 'undo' as const), pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('pin' as const, 'unpin' as const), by: person, pick }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('followed' as const, 'unfollowed' as const, 'blocked' as const, 'unblocked' as const),
      by: person,
      of: person,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('protect' as const), by: person, isProtected: fc.boolean() }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('read' as const),
      by: fc.option(person, { freq: 4 }),
      of: person,
      filter: fc.constantFrom(...PROFILE_FILTERS),
      elsewhere: fc.boolean(),
      size: fc.integer({ min: 1, max: 6 }),
      backward: fc.boolean(),
      after: fc.option(pick),
      before: fc.option(pick),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

describe('profiles of people who do random things at two processes', () => {
  let timeline: TestTimeline;
  let another: AnotherTimeline;
  beforeAll(async () => {
    timeline = await openTestTimeline(undefined, { profileHead: HEAD });
    another = await timeline.startAnother({});
  });
  afterAll(() => timeline.stop());

  /** The page as the statements over the copies have it, of which nothing is remembered. */
  async function bySql(viewerId: string | null, userId: string, filter: ProfileFilter, args: PageArguments) {
    const request = readPage(`profile:${userId}:${filter}`, args);
    const { rows, ...ends } = await readExactPage(request, async (stretch) => {
      const [found = []] = await listProfileStretches(timeline.database, viewerId, [{ userId, filter, stretch }]);
      return { rows: found };
    });
    return {
      entries: rows.map(({ tweetId, kind, isPinned }) => ({ id: tweetId, isRetweet: kind === 'retweet', isPinned })),
      hasNextPage: ends.hasNextPage,
      hasPreviousPage: ends.hasPreviousPage,
    };
  }

  async function live(steps: readonly Step[]): Promise<void> {
    const people = timeline.newUsers(PEOPLE);
    const tweets: Tweet[] = [];
    const retweets: Retweet[] = [];
    const one = <Thing>(things: readonly Thing[], at: number) => things[at % Math.max(1, things.length)];
    for (const step of steps) {
      const by = 'by' in step && step.by !== null ? (people[step.by] as string) : null;
      const tweet = 'pick' in step ? one(tweets, step.pick) : undefined;
      switch (step.do) {
        case 'post': {
          const replyTo = step.answers === null ? undefined : one(tweets, step.answers);
          tweets.push(await timeline.post(by as string, { media: step.media, ...(replyTo && { replyTo }) }));
          break;
        }
        case 'retweet':
          if (tweet) retweets.push(await timeline.retweet(by as string, tweet));
          break;
        case 'delete':
          if (tweet) await timeline.emit(events.deleted(tweet));
          break;
        case 'undo': {
          const retweet = one(retweets, step.pick);
          if (retweet) await timeline.emit(events.retweetUndone(retweet));
          break;
        }
        case 'pin':
        case 'unpin':
          if (tweet) await timeline.emit(events[`${step.do}ned`](by as string, tweet.id));
          break;
        case 'protect':
          await timeline.emit(events.profileChanged(by as string, step.isProtected));
          break;
        case 'read': {
          const { filter, size, backward, elsewhere } = step;
          const userId = people[step.of] as string;
          const cursorAt = (at: number | null) => {
            const entry =
              at === null ? undefined : one([...tweets.map(({ id }) => id), ...retweets.map((r) => r.retweetId)], at);
            return entry && encodeCursor(`profile:${userId}:${filter}`, entry);
          };
          const [after, before] = [cursorAt(step.after), cursorAt(step.before)];
          const args = { [backward ? 'last' : 'first']: size, ...(after && { after }), ...(before && { before }) };
          const page = await (elsewhere ? another : timeline).profile(by, userId, filter, args);
          const shown = {
            entries: page.edges.map(({ node, isRetweet, isPinned }) => ({ id: node.id, isRetweet, isPinned })),
            hasNextPage: page.pageInfo.hasNextPage,
            hasPreviousPage: page.pageInfo.hasPreviousPage,
          };
          expect(shown, JSON.stringify(step)).toEqual(await bySql(by, userId, filter, args));
          break;
        }
        default: {
          const of = people[step.of] as string;
          if (of !== by) await timeline.emit(events[step.do](by as string, of));
        }
      }
    }
  }

  it('are what the statements say', () =>
    fc.assert(fc.asyncProperty(fc.array(step, { minLength: 60, maxLength: 120 }), live), { numRuns: RUNS }));
});
