import { expect, test, vi } from 'vitest';
import { freshFrom } from './freshness.ts';

test('a request asks each consumer once, however often and at whatever moment it reads', async () => {
  const consumers = [{ caughtUp: vi.fn(async () => {}) }, { caughtUp: vi.fn(async () => {}) }];
  const { ready } = freshFrom(consumers);
  expect(consumers[0]?.caughtUp).not.toHaveBeenCalled();
  await Promise.all([ready(), ready()]);
  await ready();
  for (const { caughtUp } of consumers) expect(caughtUp).toHaveBeenCalledTimes(1);
});

test('it is ready when the slowest consumer is', async () => {
  let finish = () => {};
  const slow = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const order: string[] = [];
  const { ready } = freshFrom([{ caughtUp: async () => {} }, { caughtUp: () => slow }]);
  const waiting = ready().then(() => order.push('ready'));
  await new Promise((resolve) => setImmediate(resolve));
  order.push('slow');
  finish();
  await waiting;
  expect(order).toEqual(['slow', 'ready']);
});

test('after a write of its own it asks again', async () => {
  const caughtUp = vi.fn(async () => {});
  const freshness = freshFrom([{ caughtUp }]);
  await freshness.ready();
  freshness.expire();
  await freshness.ready();
  await freshness.ready();
  expect(caughtUp).toHaveBeenCalledTimes(2);
});

test('nobody reads what is not known to be fresh: a consumer that fails fails the read', async () => {
  const { ready } = freshFrom([{ caughtUp: () => Promise.reject(new Error('away')) }, { caughtUp: async () => {} }]);
  await expect(ready()).rejects.toThrow('away');
  await expect(ready()).rejects.toThrow('away');
});

test('nothing is read once nobody waits for it', async () => {
  const leaving = new AbortController();
  const caughtUp = vi.fn(async () => {});
  const before = freshFrom([{ caughtUp: async () => leaving.abort() }], leaving.signal);
  await expect(before.ready()).rejects.toThrow();
  await expect(freshFrom([{ caughtUp }], leaving.signal).ready()).rejects.toThrow();
  expect(caughtUp).not.toHaveBeenCalled();
});
