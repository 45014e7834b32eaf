import type { Event, EventLog } from '@starling/platform/event-log';

/** A consumer that notes when each event came, and sees to it that none is missing and keys keep their order. */
export interface Listener {
  /** When it came, by its number. */
  readonly cameAt: ReadonlyMap<number, number>;
  /** Resolves when so many different events have come. */
  reached(count: number): Promise<void>;
  stop(): Promise<void>;
}

export async function listen(log: EventLog, topic: string): Promise<Listener> {
  const cameAt = new Map<number, number>();
  const lastOfKey = new Map<string, number>();
  let wanted = Number.POSITIVE_INFINITY;
  let done = () => {};
  let fail = (_: Error) => {};
  const note = ({ key, payload }: Event, now: number) => {
    const { number } = payload as { number: number };
    if (cameAt.has(number)) return;
    if (number < (lastOfKey.get(key) ?? -1)) fail(new Error(`${number} of ${key} came after a later one.`));
    lastOfKey.set(key, number);
    cameAt.set(number, now);
  };
  const consumer = await log.consume({
    group: topic,
    topics: [topic],
    freshness: 'eventual',
    async handle(events) {
      const now = performance.now();
      for (const event of events) note(event, now);
      if (cameAt.size >= wanted) done();
    },
  });
  await consumer.caughtUp();
  return {
    cameAt,
    reached: (count) =>
      new Promise((resolve, reject) => {
        wanted = count;
        done = resolve;
        fail = reject;
        if (cameAt.size >= count) resolve();
      }),
    stop: () => consumer.stop(),
  };
}
