import { expect, test, vi } from 'vitest';
import { thisMoment } from '../event-log/moment.ts';
import { freshFrom, oneAfterTheOther } from './freshness.ts';

test('a request asks each consumer once, however often and at whatever moment it reads', async () => {
  const consumers = [{ caughtUp: vi.fn(async () => {}) }, { caughtUp: vi.fn(async () => {}) }];
  const freshness = freshFrom(consumers);
  expect(consumers[0]?.caughtUp).not.toHaveBeenCalled();
  await Promise.all([freshness.ready(), freshness.ready()]);
  await freshness.ready();
  for (const { caughtUp } of consumers) expect(caughtUp).toHaveBeenCalledTimes(1);
});

test('it is ready when the slowest consumer is', async () => {
  let finish = () => {};
  const slow = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const order: string[] = [];
  const freshness = freshFrom([{ caughtUp: async () => {} }, { caughtUp: () => slow }]);
  const waiting = freshness.ready().then(() => order.push('ready'));
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

test('a write by any of those who share a moment makes all of them ask again', async () => {
  const caughtUp = vi.fn(async () => {});
  const moment = thisMoment();
  const [one, other] = [freshFrom([{ caughtUp }], { asOf: moment }), freshFrom([{ caughtUp }], { asOf: moment })];
  await Promise.all([one.ready(), other.ready()]);
  one.expire();
  await Promise.all([one.ready(), other.ready()]);
  expect(caughtUp).toHaveBeenCalledTimes(4);
});

test('there is nothing to wait for only once every consumer says so of this moment', () => {
  const known = new Set<object>();
  const consumer = (isSure: () => boolean) => ({
    caughtUp: async () => {},
    isCaughtUp: ({ since }: { since: object }) => isSure() && known.has(since),
  });
  let isSure = false;
  const moment = thisMoment();
  const freshness = freshFrom([consumer(() => true), consumer(() => isSure)], { asOf: moment });
  expect(freshness.isReady()).toBe(false);
  known.add(moment.since);
  expect(freshness.isReady()).toBe(false);
  isSure = true;
  expect(freshness.isReady()).toBe(true);
  freshness.expire();
  expect(freshness.isReady()).toBe(false);
});

test('nobody reads what is not known to be fresh: a consumer that fails fails the read', async () => {
  const freshness = freshFrom([{ caughtUp: () => Promise.reject(new Error('away')) }, { caughtUp: async () => {} }]);
  await expect(freshness.ready()).rejects.toThrow('away');
  await expect(freshness.ready()).rejects.toThrow('away');
});

test('nothing is read once nobody waits for it', async () => {
  const leaving = new AbortController();
  const caughtUp = vi.fn(async () => {});
  const before = freshFrom([{ caughtUp: async () => leaving.abort() }], { signal: leaving.signal });
  await expect(before.ready()).rejects.toThrow();
  await expect(freshFrom([{ caughtUp }], { signal: leaving.signal }).ready()).rejects.toThrow();
  expect(caughtUp).not.toHaveBeenCalled();
});

test('of one after the other the second is asked when the first is ready', async () => {
  const order: string[] = [];
  const asked = (name: string) => ({
    async caughtUp() {
      order.push(`${name} asked`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${name} ready`);
    },
  });
  const both = oneAfterTheOther(freshFrom([asked('first')]), freshFrom([asked('second')]));
  await Promise.all([both.ready(), both.ready()]);
  expect(order).toEqual(['first asked', 'first ready', 'second asked', 'second ready']);

  const moment = thisMoment();
  const known = new Set<string>();
  const told = (name: string) => ({ caughtUp: async () => {}, isCaughtUp: () => known.has(name) });
  const { isReady } = oneAfterTheOther(
    freshFrom([told('first')], { asOf: moment }),
    freshFrom([told('second')], { asOf: moment }),
  );
  for (const name of ['first', 'second']) {
    expect(isReady()).toBe(false);
    known.add(name);
  }
  expect(isReady()).toBe(true);
});
