import { setTimeout as pause } from 'node:timers/promises';
import { flow, type Preparation } from '@starling/platform/live';
import type { SubgraphStream } from '@starling/platform/subgraph-server';
import { type FormattedExecutionResult, GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Place } from './resumable-fetch.ts';
import { resumableStream } from './resumable-stream.ts';
import { unavailable } from './subgraph-source.ts';

type Step = number | 'end' | 'slow' | 'away' | 'throw' | 'wait' | 'stand';

const PATIENCE_MS = 500;

/** A subgraph whose stream goes, each time that it is asked for, as the next list says. */
function scripted(...streams: (readonly Step[] | FormattedExecutionResult)[]) {
  const places: Place[] = [];
  /** Of each stream that was asked for, what has its events prepared. */
  const preparing: Preparation<FormattedExecutionResult>[] = [];
  let returns = 0;
  const stream = (steps: readonly Step[]): SubgraphStream => {
    const rest = [...steps];
    let leave = () => {};
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    async function next(): Promise<FormattedExecutionResult | undefined> {
      const step = rest.shift() ?? 'end';
      if (step === 'wait') await left;
      if (step === 'stand') {
        await pause(PATIENCE_MS + 100);
        return next();
      }
      if (step === 'slow') throw new GraphQLError('Slow.', { extensions: { code: 'SLOW_CLIENT' } });
      if (step === 'throw') throw new Error('broken');
      if (step === 'away') return unavailable('feed');
      return typeof step === 'string' ? undefined : { data: { item: step } };
    }
    return flow({
      take(taker) {
        next().then((event) => (event ? taker.value(event) : taker.end()), taker.fail);
      },
      leave() {
        returns++;
        leave();
      },
      prepareBy: (preparation) => preparing.push(preparation),
    });
  };
  const open = async (place: Place) => {
    places.push(place);
    const next = streams.shift();
    if (next === undefined) return unavailable('feed');
    return 'length' in next ? stream(next) : next;
  };
  const [first, ...others] = streams;
  streams.splice(0, streams.length, ...others);
  const reader = resumableStream(stream(first as readonly Step[]), {
    subgraph: 'feed',
    fetch: {
      start: { after: null },
      requestAt: () => ({ query: '' }),
      takeCursor: (event) => ({ event, cursor: event.data ? `c${event.data.item}` : undefined }),
    },
    open,
    patienceMs: PATIENCE_MS,
  });
  return { reader, places, preparing, returns: () => returns };
}

async function items(reader: ReturnType<typeof resumableStream>, count: number): Promise<unknown[]> {
  const read: unknown[] = [];
  while (read.length < count) {
    const result = await reader.next();
    if (result.done) return [...read, 'end'];
    const { data, errors } = result.value.event;
    read.push(data?.item ?? errors?.[0]?.extensions?.code);
  }
  return read;
}

describe('a resumable stream', () => {
  it.each(['end', 'away', 'throw'] as const)('goes on behind the last event after: %s', async (how) => {
    const { reader, places } = scripted([1, 2, how], [3, how], [4]);
    expect(await items(reader, 4)).toEqual([1, 2, 3, 4]);
    expect(places).toEqual([
      { after: 'c2', gapReason: 'BROKER_RESTARTED' },
      { after: 'c3', gapReason: 'BROKER_RESTARTED' },
    ]);
  });

  it('says that something was lost when there was no event to go on behind', async () => {
    const { reader, places } = scripted(['away'], [1]);
    expect(await items(reader, 1)).toEqual([1]);
    expect(places).toEqual([{ after: null, gapReason: 'BROKER_RESTARTED' }]);
  });

  it('tries until its patience ends, then says so, once', async () => {
    const { reader, places } = scripted([1, 'away']);
    expect(await items(reader, 3)).toEqual([1, 'SUBGRAPH_UNAVAILABLE', 'end']);
    expect(places.length).toBeGreaterThan(1);
  });

  it('is patient anew when a stream is lost that was there for long and had nothing to tell', async () => {
    const { reader } = scripted([1, 'end'], ['stand', 'end'], ['stand', 'away'], [2]);
    expect(await items(reader, 2)).toEqual([1, 2]);
  });

  it('hands on why the subgraph refuses to go on', async () => {
    const refusal = { errors: [{ message: 'No.', extensions: { code: 'BAD_USER_INPUT' } }] };
    const { reader } = scripted([1, 'end'], refusal);
    expect(await items(reader, 3)).toEqual([1, 'BAD_USER_INPUT', 'end']);
  });

  it('lets a reader who was slow catch up, and skips for one who does not', async () => {
    const many = Array.from({ length: 50 }, (_, item) => item + 1);
    const { reader, places } = scripted([1, 'slow'], [...many, 'slow'], [51, 'slow'], [90]);
    expect(await items(reader, 53)).toEqual([1, ...many, 51, 90]);
    expect(places).toEqual([
      { after: 'c1', gapReason: 'SLOW_CLIENT' },
      { after: 'c50', gapReason: 'SLOW_CLIENT' },
      { after: null, gapReason: 'SLOW_CLIENT' },
    ]);
  });

  it.each([
    ['it waits for an event', ['wait']],
    ['it waits to try again', ['away']],
  ] as const)('ends at once for a reader who leaves while %s', async (_, steps) => {
    const { reader } = scripted(steps);
    const waiting = reader.next();
    await Promise.resolve();
    await reader.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await reader.next()).toEqual({ done: true, value: undefined });
  });

  it('has events prepared as they are told, of the stream that was lost and of the one after it', async () => {
    const { reader, preparing } = scripted([1, 'end'], [2, 'wait']);
    const group = {};
    const prepared: unknown[] = [];
    reader.prepareBy?.({ group, prepare: (taken) => prepared.push(taken) });
    expect(await items(reader, 2)).toEqual([1, 2]);
    expect(preparing.map((each) => each.group)).toEqual([group, group]);
    for (const [at, each] of preparing.entries()) await each.prepare({ data: { item: at } });
    expect(prepared).toEqual([
      { event: { data: { item: 0 } }, cursor: 'c0' },
      { event: { data: { item: 1 } }, cursor: 'c1' },
    ]);
    await reader.return();
  });
});
