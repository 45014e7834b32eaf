import { describe, expect, it } from 'vitest';
import { boundedStream } from './bounded-stream.ts';

describe('a bounded stream', () => {
  it('gives what waits, in order, then what comes, then the end', async () => {
    const { stream, push, end } = boundedStream<number>(10);
    push(1);
    push(2);
    const reader = stream(() => {});
    expect(await reader.next()).toEqual({ done: false, value: 1 });
    expect(await reader.next()).toEqual({ done: false, value: 2 });
    const third = reader.next();
    push(3);
    expect(await third).toEqual({ done: false, value: 3 });
    const last = reader.next();
    end();
    expect(await last).toEqual({ done: true, value: undefined });
  });

  it('gives what was pushed before the end', async () => {
    const { stream, push, end } = boundedStream<number>(10);
    push(1);
    end();
    push(2);
    const seen: number[] = [];
    for await (const value of stream(() => {})) seen.push(value);
    expect(seen).toEqual([1]);
  });

  it('ends with SLOW_CLIENT beyond its bound, once, and stops its source', async () => {
    let stops = 0;
    const { stream, push } = boundedStream<number>(2);
    const reader = stream(() => stops++);
    for (const value of [1, 2, 3, 4]) push(value);
    expect(stops).toBe(1);
    expect([(await reader.next()).value, (await reader.next()).value]).toEqual([1, 2]);
    await expect(reader.next()).rejects.toMatchObject({ extensions: { code: 'SLOW_CLIENT' } });
    expect(await reader.next()).toEqual({ done: true, value: undefined });
    await reader.return();
    expect(stops).toBe(1);
  });

  it('wakes a waiting reader when it is left, and stops its source', async () => {
    let stops = 0;
    const { stream } = boundedStream<number>(2);
    const reader = stream(() => stops++);
    const waiting = reader.next();
    await reader.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(stops).toBe(1);
  });
});

describe('a bounded stream of what can be asked for again', () => {
  it('gives nothing of what waits once its bound is passed', async () => {
    const { stream, push } = boundedStream<number>(2, { staleAfterMs: 60_000 });
    const reader = stream(() => {});
    for (const value of [1, 2, 3]) push(value);
    await expect(reader.next()).rejects.toMatchObject({ extensions: { code: 'SLOW_CLIENT' } });
    expect(await reader.next()).toEqual({ done: true, value: undefined });
  });

  it('gives nothing that has waited for too long, and stops its source', async () => {
    let stops = 0;
    const { stream, push } = boundedStream<number>(2, { staleAfterMs: -1 });
    const reader = stream(() => stops++);
    push(1);
    await expect(reader.next()).rejects.toMatchObject({ extensions: { code: 'SLOW_CLIENT' } });
    expect(stops).toBe(1);
  });
});
