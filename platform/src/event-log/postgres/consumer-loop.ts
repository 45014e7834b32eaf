import type { Logger } from 'pino';
import type { Consumer } from '../event-log.ts';
import { coalesced } from './coalesce.ts';
import { keep } from './dead-letters.ts';
import { type DeadLetter, deliver } from './deliver.ts';
import type { OffsetStore } from './offset.ts';

export interface ConsumerLoop {
  readonly consumer: Consumer;
  readonly offset: OffsetStore;
  /** Handles everything that was committed before the call. Rejects when the log or the consumer's own engine is away. */
  drive(): Promise<void>;
  /** The drive in hand, however it ends; undefined when there is none. */
  readonly underWay: Promise<void> | undefined;
  /** Lets the batch under way finish; `drive` rejects from now on. */
  stop(): Promise<void>;
}

export function consumerLoop(
  consumer: Consumer,
  offset: OffsetStore,
  logger: Logger | undefined,
  onDeadLetter: ((letter: DeadLetter) => void) | undefined,
): ConsumerLoop {
  const { group } = consumer;
  let stopping = false;

  /** One batch. True when nothing is left of what was committed before a window that began after `pass` did. */
  const takeTurn = async (pass: { ownWindow: boolean }): Promise<boolean> => {
    let done = false;
    let dead: DeadLetter[] = [];
    await offset.advance(async ({ events, opensWindow, endsWindow }, reader) => {
      if (opensWindow) pass.ownWindow = true;
      done = endsWindow && pass.ownWindow;
      if (events.length === 0) return;
      dead = await deliver(
        group,
        (batch) => consumer.handle(batch),
        events,
        (error, batch) =>
          logger?.warn(
            { err: error, group, events: batch.length, firstEvent: batch[0]?.id },
            'events were not handled',
          ),
      );
      await keep(reader, dead);
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

  const stopped = () => new Error(`The consumer ${group} has stopped.`);

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
