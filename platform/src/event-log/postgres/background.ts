import type { Logger } from 'pino';
import type { ConsumerLoop } from './consumer-loop.ts';
import type { Outstanding } from './handled.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

export interface BackgroundOptions {
  /** The loops that are to be driven though nobody asks for them. */
  readonly loops: () => readonly ConsumerLoop[];
  /** Those that are behind, with what is outstanding; undefined when it is not known. */
  readonly findBehind: () => Promise<ReadonlyMap<ConsumerLoop, Outstanding | undefined>>;
  /** Handles what is outstanding, or what a question finds to be. */
  readonly catchUp: (loop: ConsumerLoop, outstanding: Outstanding | undefined) => Promise<void>;
  readonly logger: Logger | undefined;
}

export interface Background {
  /** Drives who reads these topics, in which something was committed; without topics, who is behind. Never refused. */
  look(topics?: readonly string[]): Promise<void>;
  stop(): void;
}

/** Drives what is behind, each loop in its own time, and again after a pause when it fails. */
export function background({ loops, findBehind, catchUp, logger }: BackgroundOptions): Background {
  const retries = new WeakMap<ConsumerLoop, { failures: number; at: number }>();
  const begun = new WeakMap<ConsumerLoop, number>();
  /** Those that take their time, until they have taken it. */
  const waiting = new Map<ConsumerLoop, NodeJS.Timeout>();
  let stopped = false;

  const drive = async (loop: ConsumerLoop, work: () => Promise<void>): Promise<void> => {
    begun.set(loop, performance.now());
    try {
      await work();
      retries.delete(loop);
    } catch (error) {
      if (stopped || !loops().includes(loop)) return;
      const failures = (retries.get(loop)?.failures ?? 0) + 1;
      const wait = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
      retries.set(loop, { failures, at: performance.now() + wait });
      logger?.error(
        { err: error, group: loop.consumer.group, failures },
        'a consumer is interrupted and goes on later',
      );
    }
  };

  /** Once it is its time; at once where it takes none. */
  const driveInTime = (loop: ConsumerLoop, outstanding: Outstanding | undefined): void => {
    if (waiting.has(loop) || (retries.get(loop)?.at ?? 0) > performance.now()) return;
    const { paceMs: pace = 0, headStartMs = 0 } = loop.consumer;
    const paceMs = typeof pace === 'number' ? pace : pace();
    const paced = paceMs > 0 ? (begun.get(loop) ?? 0) + paceMs - performance.now() : 0;
    const early = Math.max(headStartMs, paced);
    const { windows, underWay } = loop;
    // That something is new is known, and that nobody has looked for it yet.
    const isUntouched = () => outstanding === undefined && underWay === undefined && loop.windows === windows;
    const begin = () =>
      drive(loop, () => (isUntouched() && !loop.underWay ? loop.drive() : catchUp(loop, outstanding)));
    if (early <= 0) return void begin();
    const beginLater = () => {
      waiting.delete(loop);
      if (!stopped) void begin();
    };
    waiting.set(loop, setTimeout(beginLater, early).unref());
  };

  return {
    async look(topics = []) {
      if (stopped || loops().length === 0) return;
      try {
        if (topics.length === 0) {
          for (const [loop, outstanding] of await findBehind()) driveInTime(loop, outstanding);
          return;
        }
        const isTold = ({ consumer }: ConsumerLoop) => consumer.topics.some((topic) => topics.includes(topic));
        for (const loop of loops().filter(isTold)) driveInTime(loop, undefined);
      } catch (error) {
        if (!stopped) logger?.error({ err: error }, 'the event log could not be asked and will be asked again');
      }
    },
    stop() {
      stopped = true;
      for (const timer of waiting.values()) clearTimeout(timer);
    },
  };
}
