import type { Logger } from 'pino';
import { NotRunningError } from '../../postgres/outage.ts';
import type { Consumer } from '../event-log.ts';
import type { Moment } from '../moment.ts';
import { coalesced } from './coalesce.ts';
import { keep } from './dead-letters.ts';
import { type DeadLetter, deliver } from './deliver.ts';
import { handledWindows, type Outstanding } from './handled.ts';
import type { OffsetStore } from './offset.ts';

export interface ConsumerLoop {
  readonly consumer: Consumer;
  readonly offset: OffsetStore;
  /** Handles everything that was committed before the call. Rejects when the log or the consumer's own engine is away. */
  drive(): Promise<void>;
  /** The drive in hand, however it ends; undefined when there is none. */
  readonly underWay: Promise<void> | undefined;
  /** Windows that were handled to their end here. */
  readonly windows: number;
  /**
   * Waits while there is a drive in hand that may handle what is outstanding; answers whether it is known to be handled. The
   * effect of it is committed then, its offset perhaps not yet.
   */
  hasHandled(outstanding: Outstanding): Promise<boolean>;
  /** The server may have crashed and come back without what it had not yet written to disk. */
  distrust(): void;
  /** Lets the batch under way finish; `drive` rejects from now on. */
  stop(): Promise<void>;
}

export interface ConsumerLoopOptions {
  readonly consumer: Consumer;
  readonly offset: OffsetStore;
  /** The moment of a batch, given the transactions of its events. */
  readonly momentOf: (transactions: readonly string[]) => Moment;
  readonly logger: Logger | undefined;
  readonly onDeadLetter: ((letter: DeadLetter) => void) | undefined;
}

export function consumerLoop(options: ConsumerLoopOptions): ConsumerLoop {
  const { consumer, offset, momentOf, logger, onDeadLetter } = options;
  const { group } = consumer;
  const handled = handledWindows();
  let stopping = false;

  /** One batch. True when nothing is left of what was committed before a window that began after `pass` did. */
  const takeTurn = async (pass: { ownWindow: boolean }): Promise<boolean> => {
    let done = false;
    let dead: DeadLetter[] = [];
    const isHandled = handled.begin();
    await offset.advance(async ({ events, opensWindow, endsAt, transactions }, reader) => {
      if (opensWindow) pass.ownWindow = true;
      done = endsAt !== null && pass.ownWindow;
      if (events.length > 0) {
        const asOf = transactions && momentOf(transactions);
        dead = await deliver(
          group,
          (batch) => consumer.handle(batch, asOf),
          events,
          (error, batch) =>
            logger?.warn(
              { err: error, group, events: batch.length, firstEvent: batch[0]?.id },
              'events were not handled',
            ),
        );
        await keep(reader, dead);
      }
      if (endsAt !== null) isHandled(endsAt);
    });
    for (const letter of dead) {
      logger?.error(
        { err: letter.error, group, topic: letter.event.topic, event: letter.event.id, attempts: letter.attempts },
        'an event went to its dead-letter topic',
      );
      onDeadLetter?.(letter);
    }
    return done;
  };

  const stopped = () => new NotRunningError(`The consumer ${group} has stopped.`);

  const drive = coalesced(async () => {
    const pass = { ownWindow: false };
    do {
      if (stopping) throw stopped();
    } while (!(await takeTurn(pass)));
  });

  let lastDrive: Promise<void> = Promise.resolve();
  let underWay: Promise<void> | undefined;
  return {
    get underWay() {
      return underWay;
    },
    get windows() {
      return handled.windows;
    },
    async hasHandled(outstanding) {
      const inHand = underWay?.then(() => true);
      for (let hasEnded = !inHand; !hasEnded && !handled.covers(outstanding); ) {
        hasEnded = (await Promise.race([inHand, handled.nextWindow])) === true;
      }
      return handled.covers(outstanding);
    },
    distrust() {
      handled.forget();
      offset.distrust();
    },
    consumer,
    offset,
    drive() {
      if (stopping) return Promise.reject(stopped());
      lastDrive = drive();
      const ended = lastDrive
        // How it ended is told to those who asked for it.
        .catch(() => {})
        .then(() => {
          if (underWay === ended) underWay = undefined;
        });
      underWay = ended;
      return lastDrive;
    },
    async stop() {
      stopping = true;
      // How it ended is told to those who asked for it.
      await lastDrive.catch(() => {});
    },
  };
}
