import { createPostgresEventLog } from '@starling/platform/event-log';
import { openDatabase } from '@starling/platform/postgres';
import type { SubgraphRunner, SubgraphStream } from '@starling/platform/subgraph-server';
import { createTimeline, inProcessTimelineCache } from '@starling/timeline';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../tests/support/database.ts';
import { manualClock } from '../../../tests/support/manual-clock.ts';
import { events } from './support/events.ts';
import { heldCache } from './support/held-cache.ts';
import { isStream, openTestTimeline, type TestTimeline } from './support/timeline.ts';

const FAN_OUT = 'timeline.fan-out';
const LIVE = 'timeline.live';

async function isThere(answer: ReturnType<SubgraphRunner['subscribe']>): Promise<SubgraphStream> {
  const stream = await answer;
  if (!isStream(stream)) throw new Error(JSON.stringify(stream));
  return stream;
}

async function nextTweet(stream: SubgraphStream): Promise<string | undefined> {
  const { value } = await stream.next();
  const update = value?.data?.homeTimelineUpdates as { readonly tweet?: { readonly id: string } } | undefined;
  return update?.tweet?.id;
}

describe('a wake-up that is lost', () => {
  let timeline: TestTimeline;
  beforeAll(async () => {
    timeline = await openTestTimeline();
  });
  afterEach(() => timeline.loseWakeUps());
  afterAll(() => timeline.stop());

  it('costs a stream one tick of the clock, and no update', async () => {
    const [viewer, friend] = timeline.newUsers(2) as [string, string];
    await timeline.emit(events.followed(viewer, friend));
    await timeline.eventLog.processAll();
    const stream = await isThere(timeline.watch(viewer));
    timeline.loseWakeUps(LIVE);
    const missed = [await timeline.post(friend), await timeline.post(viewer)];
    await timeline.eventLog.processAll();
    await timeline.tick();
    expect([await nextTweet(stream), await nextTweet(stream)]).toEqual(missed.map(({ id }) => id));
    timeline.loseWakeUps();
    const heard = await timeline.post(friend);
    expect(await nextTweet(stream)).toBe(heard.id);
    await stream.return();
  });

  it('is not told to who watches only after the next tick', async () => {
    const [viewer] = timeline.newUsers(1) as [string];
    timeline.loseWakeUps(LIVE);
    await timeline.post(viewer);
    await timeline.eventLog.processAll();
    await timeline.tick();
    const stream = await isThere(timeline.watch(viewer));
    const later = await timeline.post(viewer);
    await timeline.eventLog.processAll();
    await timeline.tick();
    expect(await nextTweet(stream)).toBe(later.id);
    await stream.return();
  });

  it('keeps fan-out late by one tick, and no reader merges it for ever', async () => {
    const [viewer, friend] = timeline.newUsers(2) as [string, string];
    await timeline.emit(events.followed(viewer, friend));
    await timeline.eventLog.processAll();
    await timeline.home(viewer);
    timeline.loseWakeUps(FAN_OUT);
    const { id } = await timeline.post(friend);
    await timeline.eventLog.processAll();
    const cached = async () => [...((await timeline.cache.get(viewer))?.ids ?? [])];
    expect(await cached()).not.toContain(BigInt(id));
    await timeline.tick();
    expect(await cached()).toContain(BigInt(id));
  });

  it('is looked for with one short statement, and one of the streams while somebody watches', async () => {
    const [viewer] = timeline.newUsers(1) as [string];
    await timeline.tick();
    const look = () => timeline.statementsOf(() => timeline.tick());
    expect(await look()).toEqual(['timeline.lookForChanges']);
    const stream = await isThere(timeline.watch(viewer));
    await timeline.tick();
    expect(await look()).toEqual(['timeline.lookForChanges', 'timeline.lookForChanges']);
    await stream.return();
  });
});

it('does not begin a drain while another one is under way', async () => {
  const held = heldCache(inProcessTimelineCache());
  let ownPushes = 0;
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const timeline = await openTestTimeline(() => ({
    ...held,
    async push(pushes) {
      ownPushes += pushes.filter(({ viewerIds }) => viewerIds.includes(author)).length;
      begin();
      await held.push(pushes);
    },
  }));
  const [author] = timeline.newUsers(1) as [string];
  held.hold();
  await timeline.post(author);
  await begun;
  const ticking = timeline.tick();
  // Time enough for a drain that does not wait its turn.
  for (let look = 0; look < 20; look++) await timeline.profile(author, author, 'TWEETS');
  held.release();
  await ticking;
  await timeline.eventLog.processAll();
  expect(ownPushes).toBe(1);
  await timeline.stop();
});

it('looks again after a look that failed, and tells of an outage once', async () => {
  const { url, drop } = await createTestDatabase();
  const database = openDatabase({ url, applicationName: 'timeline test' });
  const eventLog = createPostgresEventLog({ url });
  const lines: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line) => void lines.push(line) });
  const { clock, tick } = manualClock();
  let looks = 0;
  const failing = 3;
  const timeline = createTimeline(
    {
      eventLog,
      logger,
      database: {
        ...database,
        query(statement, values) {
          const looking = statement.name === 'timeline.lookForChanges';
          if (looking && ++looks <= failing) return Promise.reject(new Error('The database is away.'));
          return database.query(statement, values);
        },
      },
    },
    { clock },
  );
  await timeline.start();
  for (let round = 0; round < failing; round++) await tick();
  expect(lines.map((line) => JSON.parse(line).group)).toEqual(['timeline.fan-out']);
  expect(looks).toBe(failing);
  await tick();
  expect(looks).toBe(failing + 1);
  await timeline.stop();
  await eventLog.stop();
  await database.close();
  await drop();
});
