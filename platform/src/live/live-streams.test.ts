import { describe, expect, it, vi } from 'vitest';
import { type Flow, readFlow } from './flow.ts';
import { forEverybody } from './for-everybody.ts';
import { type Gap, LONGEST_WAITING_LINE, liveStreams } from './live-streams.ts';

interface Reader {
  readonly name: string;
  readonly topic: string;
}
type Value = { readonly text: string } | Gap;

/** Streams of numbers, each of which is one value for all. `asked` are those that were looked at anew. */
function streamsOf(isStillDue: (reader: Reader, news: number) => boolean = () => true) {
  const values = new Map<number, Value>();
  const asked: string[] = [];
  const streams = liveStreams<Reader, number, Value>({
    owner: 'The test',
    streamOf: ({ topic }) => topic,
    topicOf: ({ topic }) => topic,
    numberOf: String,
    valueFor(_reader, news) {
      const value = values.get(news) ?? forEverybody({ text: String(news) });
      values.set(news, value);
      return value;
    },
    gapValue: (gap) => gap,
    async isStillDue(reader, news) {
      asked.push(`${reader.name} ${news}`);
      return isStillDue(reader, news);
    },
    newest: async () => 0n,
    listMissed: async () => [],
  });
  return { streams, asked };
}

const textOf = (value: Value) => ('text' in value ? value.text : value.reason);

/** A reader that takes at once, but for the values for which it has to wait. */
function reading(log: string[], name: string, stream: Flow<Value>, wait: (text: string) => Promise<boolean> | true) {
  const readOn = readFlow(stream, {
    value(value) {
      log.push(`${name} ${textOf(value)}`);
      return wait(textOf(value));
    },
    end: () => log.push(`${name} end`),
    fail: (error) => log.push(`${name} ${String(error)}`),
    rest: () => log.push(`${name} .`),
  });
  readOn();
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe('live streams', () => {
  it('deliver what came together to one reader after the other, in order, each its own', async () => {
    const { streams, asked } = streamsOf();
    const log: string[] = [];
    for (const name of ['a', 'b']) {
      reading(log, name, await streams.watch({ name, topic: 'numbers' }, {}), () => true);
    }
    log.length = 0;
    await streams.deliver('numbers', ({ name }) => (name === 'a' ? [1, 2, 3] : [1, 3]));
    await streams.deliver('others', () => [4]);
    expect(log).toEqual(['a 1', 'a 2', 'a 3', 'a .', 'b 1', 'b 3', 'b .']);
    expect(asked).toEqual([]);
  });

  it('let one who is slow wait in the midst of what came together, and hold up nobody', async () => {
    const hidden = new Set<number>();
    const { streams, asked } = streamsOf((_reader, news) => !hidden.has(news));
    const log: string[] = [];
    let goOn = (_more: boolean) => {};
    const slow = new Promise<boolean>((resolve) => {
      goOn = resolve;
    });
    const waitAtTwo = (text: string) => (text === '2' ? slow : true);
    reading(log, 'slow', await streams.watch({ name: 'slow', topic: 'numbers' }, {}), waitAtTwo);
    reading(log, 'quick', await streams.watch({ name: 'quick', topic: 'numbers' }, {}), () => true);
    log.length = 0;
    await streams.deliver('numbers', () => [1, 2, 3, 4]);
    await streams.deliver('numbers', () => [5]);
    expect(log).toEqual([
      ...['slow 1', 'slow 2', 'slow .'],
      ...['quick 1', 'quick 2', 'quick 3', 'quick 4', 'quick .', 'quick 5', 'quick .'],
    ]);
    // What waits is looked at as it is delivered: by then one of them is not to be seen any more.
    hidden.add(4);
    log.length = 0;
    goOn(true);
    await vi.waitFor(() => expect(log.filter((line) => line !== 'slow .')).toEqual(['slow 3', 'slow 5']));
    expect(asked).toEqual(['slow 3', 'slow 4', 'slow 5']);
  });

  it('put a gap where the bound is reached in the midst of what came together', async () => {
    const { streams } = streamsOf();
    const log: string[] = [];
    let goOn = (_more: boolean) => {};
    const slow = new Promise<boolean>((resolve) => {
      goOn = resolve;
    });
    reading(log, 'slow', await streams.watch({ name: 'slow', topic: 'numbers' }, {}), (text) =>
      text === '1' ? slow : true,
    );
    await streams.deliver('numbers', () => numbers(1, LONGEST_WAITING_LINE - 1));
    await streams.deliver('numbers', () => numbers(LONGEST_WAITING_LINE, LONGEST_WAITING_LINE + 5));
    log.length = 0;
    goOn(true);
    await vi.waitFor(() => expect(log).toContain(`slow ${LONGEST_WAITING_LINE + 5}`));
    const told = log.filter((line) => line !== 'slow .');
    expect(told).toEqual(['slow SLOW_CLIENT', ...numbers(1_002, 1_005).map((number) => `slow ${number}`)]);
  });

  it('prepare what a group shares before any of it is told, for those who are there', async () => {
    const { streams } = streamsOf();
    const log: string[] = [];
    const group = {};
    let come = () => {};
    const coming = new Promise<void>((resolve) => {
      come = resolve;
    });
    for (const name of ['a', 'b']) {
      const stream = await streams.watch({ name, topic: 'numbers' }, {});
      stream.prepareBy?.({
        group,
        prepare(value) {
          log.push(`prepare ${textOf(value)}`);
          return coming;
        },
      });
      reading(log, name, stream, () => true);
    }
    log.length = 0;
    const leaver = await streams.watch({ name: 'leaver', topic: 'numbers' }, {});
    reading(log, 'leaver', leaver, () => true);
    log.length = 0;
    const delivering = streams.deliver('numbers', () => [1, 2]);
    await Promise.resolve();
    expect(log.filter((line) => !line.startsWith('leaver'))).toEqual(['prepare 1', 'prepare 2']);
    const late = await streams.watch({ name: 'late', topic: 'numbers' }, {});
    reading(log, 'late', late, () => true);
    log.length = 0;
    come();
    await delivering;
    expect(log).toEqual(['a 1', 'a 2', 'a .', 'b 1', 'b 2', 'b .']);
  });

  it('tell nobody of it who has left while it was prepared', async () => {
    const { streams } = streamsOf();
    const log: string[] = [];
    const stream = await streams.watch({ name: 'a', topic: 'numbers' }, {});
    stream.prepareBy?.({ group: {}, prepare: () => stream.return() });
    reading(log, 'a', stream, () => true);
    await streams.deliver('numbers', () => [1]);
    expect(log).toEqual(['a .', 'a end']);
    expect(streams.topics()).toEqual([]);
  });
});
