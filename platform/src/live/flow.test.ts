import { describe, expect, it } from 'vitest';
import { asFlow, endingFlow, type Flow, flow, mapFlow, type Preparation, readFlow, type Taker } from './flow.ts';

/** A flow of what is pushed. */
function pushed<Value>() {
  const waiting: Value[] = [];
  let reader: Taker<Value> | undefined;
  let leaves = 0;
  const stream = flow<Value>({
    take(taker) {
      const value = waiting.shift();
      if (value === undefined) reader = taker;
      else taker.value(value);
    },
    leave() {
      leaves++;
      reader?.end();
      reader = undefined;
    },
  });
  return {
    stream,
    push(value: Value) {
      const early = reader;
      reader = undefined;
      if (early) early.value(value);
      else waiting.push(value);
    },
    fail: (error: unknown) => reader?.fail(error),
    leaves: () => leaves,
  };
}

/** What a reader is told, as it is told. */
function told<Value>(source: Flow<Value>, wantsNext: (value: Value) => boolean | Promise<boolean> = () => true) {
  const log: unknown[] = [];
  const readOn = readFlow(source, {
    value(value) {
      log.push(value);
      return wantsNext(value);
    },
    end: () => log.push('end'),
    fail: (error) => log.push(String(error)),
  });
  return { log, readOn };
}

describe('a flow', () => {
  it('passes all steps within the call that brings a value', () => {
    const { stream, push } = pushed<number>();
    const { log, readOn } = told(
      mapFlow(
        mapFlow(stream, (value) => value * 2),
        String,
      ),
    );
    readOn();
    push(1);
    expect(log).toEqual(['2']);
    push(2);
    expect(log).toEqual(['2', '4']);
  });

  it('is read on without a growing stack, however much waits', () => {
    const { stream, push } = pushed<number>();
    for (let value = 0; value < 100_000; value++) push(value);
    const { log, readOn } = told(mapFlow(stream, (value) => value));
    readOn();
    expect(log).toHaveLength(100_000);
  });

  it('waits for a reader that wants no more, or has to wait itself', async () => {
    const { stream, push } = pushed<number>();
    let ready = () => {};
    const isReady = new Promise<boolean>((resolve) => {
      ready = () => resolve(true);
    });
    const { log, readOn } = told(stream, (value) => (value === 2 ? isReady : value !== 1));
    readOn();
    for (const value of [1, 2, 3]) push(value);
    expect(log).toEqual([1]);
    readOn();
    expect(log).toEqual([1, 2]);
    ready();
    await Promise.resolve();
    expect(log).toEqual([1, 2, 3]);
  });

  it('keeps its order where a step takes time', async () => {
    const { stream, push } = pushed<number>();
    const slow = mapFlow(stream, (value) => (value === 1 ? Promise.resolve(value) : value));
    const { log, readOn } = told(slow);
    readOn();
    for (const value of [1, 2, 3]) push(value);
    expect(log).toEqual([]);
    await Promise.resolve();
    expect(log).toEqual([1, 2, 3]);
  });

  it.each([
    [
      'at once',
      () => {
        throw new Error('bad');
      },
    ],
    ['later', () => Promise.reject(new Error('bad'))],
  ])('that cannot be mapped fails and leaves its source: %s', async (_when, map) => {
    const { stream, push, leaves } = pushed<number>();
    const mapped = mapFlow<number, number>(stream, map);
    push(1);
    await expect(mapped.next()).rejects.toThrow('bad');
    expect(leaves()).toBeGreaterThan(0);
  });

  it('is left through all steps, and tells who waits of the end', async () => {
    const { stream, leaves } = pushed<number>();
    let ends = 0;
    const ending = endingFlow(mapFlow(stream, String), () => ends++);
    const waiting = ending.next();
    await Promise.resolve();
    expect(await ending.return()).toEqual({ done: true, value: undefined });
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect([leaves(), ends]).toEqual([1, 1]);
  });

  it('that fails has ended', async () => {
    const { stream, fail } = pushed<number>();
    let ends = 0;
    const { log, readOn } = told(endingFlow(stream, () => ends++));
    readOn();
    fail(new Error('broken'));
    expect([log, ends]).toEqual([['Error: broken'], 1]);
  });

  it('is made of any stream, and is any stream', async () => {
    async function* counting() {
      yield 1;
      yield 2;
    }
    const read: string[] = [];
    for await (const value of mapFlow(asFlow(counting()), String)) read.push(value);
    expect(read).toEqual(['1', '2']);
    const own = pushed<number>().stream;
    expect(asFlow(own)).toBe(own);
  });

  it('says once that there is no more to tell at once, however much there was', () => {
    const { stream, push } = pushed<number>();
    for (const value of [1, 2, 3]) push(value);
    const log: unknown[] = [];
    const readOn = readFlow(stream, {
      value: (value) => log.push(value) > 0,
      end: () => {},
      fail: () => {},
      rest: () => log.push('rest'),
    });
    readOn();
    expect(log).toEqual([1, 2, 3, 'rest']);
    push(4);
    expect(log).toEqual([1, 2, 3, 'rest', 4, 'rest']);
  });

  it('has prepared by all steps what readers share, as far as they share it', async () => {
    const given: Preparation<number>[] = [];
    const source = flow<number>({ take() {}, leave() {}, prepareBy: (preparation) => given.push(preparation) });
    const doubled = mapFlow(
      source,
      (value) => value * 2,
      async (value) => (value === 1 ? undefined : value * 2),
    );
    const made: string[] = [];
    const group = {};
    mapFlow(
      doubled,
      (value) => `${value}`,
      (value) => `${value}`,
    ).prepareBy?.({ group, prepare: (value) => made.push(value) });
    expect(given.map((each) => each.group)).toEqual([group]);
    for (const value of [1, 2, 3]) await given[0]?.prepare(value);
    expect(made).toEqual(['4', '6']);
    expect(mapFlow(source, String).prepareBy).toBeUndefined();
  });
});
