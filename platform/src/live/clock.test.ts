import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { every } from './clock.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a clock', () => {
  it('ticks so long after the end of the tick before, and not before that', async () => {
    let ticks = 0;
    let end = () => {};
    const ticking = every(1_000)(() => {
      ticks++;
      return new Promise<void>((resolve) => {
        end = resolve;
      });
    });
    await vi.advanceTimersByTimeAsync(999);
    expect(ticks).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(ticks).toBe(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ticks).toBe(1);
    end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ticks).toBe(2);
    end();
    await ticking.stop();
  });

  it('waits for the tick under way when it is stopped, and does not tick again', async () => {
    let ticks = 0;
    let end = () => {};
    const ticking = every(1_000)(() => {
      ticks++;
      return new Promise<void>((resolve) => {
        end = resolve;
      });
    });
    await vi.advanceTimersByTimeAsync(1_000);
    let stopped = false;
    const stopping = ticking.stop().then(() => {
      stopped = true;
    });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(stopped).toBe(false);
    end();
    await stopping;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(ticks).toBe(1);
  });
});
