import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { type Database, statement } from '../../postgres/database.ts';
import { openListener } from '../../postgres/listener.ts';
import type { NewEvent } from '../event.ts';

const CHANNEL = 'platform_outbox';
/** The first commit after a while is told at once; those within this time after it share the next notification. */
const GATHER_MS = 5;
/** Where waking takes long, it is done less often: so much of the time at most, and at least every so many milliseconds. */
const SHARE_OF_TIME = 1 / 5;
const LONGEST_GATHER_MS = 50;

/** What a notification may hold is somewhat more than this, in bytes; of more topics than fit is not told. */
const LONGEST_PAYLOAD = 7_900;

const notifyReaders = statement('platform.notifyReaders', 'select pg_notify($1, $2)');

/** Tells the readers of every process that there are new events. A hint: whoever misses it finds them a little later. */
export interface WakeUp {
  /** These were committed here. */
  committed(events: readonly Pick<NewEvent, 'topic'>[]): void;
  /** Begins to hear of what was committed elsewhere. */
  listen(): void;
  stop(): Promise<void>;
}

export interface WakeUpOptions {
  /** Something was committed elsewhere. */
  readonly onHeard: () => void;
  /** Looks for new events, of these topics if any are told; done when it knows who is behind. Never refused. */
  readonly onWake: (topics?: readonly string[]) => Promise<void>;
  /** The connection to the server broke, or could not be made: the server may have crashed. */
  readonly onBroken: () => void;
  readonly logger?: Logger | undefined;
}

/** Calls back after so many milliseconds, or once this turn of the event loop is over; answers what calls it off. */
function soonest(callback: () => void, ms: number): () => void {
  if (ms > 0) {
    const timeout = setTimeout(callback, ms);
    return () => clearTimeout(timeout);
  }
  const immediate = setImmediate(callback);
  return () => clearImmediate(immediate);
}

/**
 * The notification is sent after the commit and by itself. Sent within the writing transaction, it would make all writers
 * of the database commit one after the other, each waiting for the other's disk write: PostgreSQL holds one lock for that.
 */
export function wakeUp(database: Database, { onHeard, onWake, onBroken, logger }: WakeUpOptions): WakeUp {
  const me = randomUUID();
  /** Calls off what is to be sent. */
  let gathering: (() => void) | undefined;
  let topics = new Set<string>();
  let sending: Promise<unknown> = Promise.resolve();
  let gatherMs = GATHER_MS;
  let lastSent = Number.NEGATIVE_INFINITY;
  let listening = false;
  let stopping = false;
  const listener = openListener({
    url: database.url,
    applicationName: 'starling event log wake-up',
    onBroken,
    onReconnect() {
      // While nobody listened, it may have broken again.
      onBroken();
      void onWake();
    },
    logger,
  });

  const send = () => {
    gathering = undefined;
    const began = performance.now();
    lastSent = began;
    const gathered = [...topics];
    topics = new Set();
    const payload = [me, ...gathered].join(' ');
    const told = database
      .query(notifyReaders, [CHANNEL, Buffer.byteLength(payload) > LONGEST_PAYLOAD ? me : payload])
      .catch((error) => logger?.warn({ err: error }, 'readers elsewhere were not woken'));
    sending = Promise.all([onWake(gathered), told]).then(() => {
      const tookMs = performance.now() - began;
      gatherMs = Math.min(Math.max(tookMs / SHARE_OF_TIME, GATHER_MS), LONGEST_GATHER_MS);
    });
  };

  return {
    committed(events) {
      for (const { topic } of events) topics.add(topic);
      gathering ??= soonest(send, lastSent + gatherMs - performance.now());
    },
    listen() {
      if (listening) return;
      listening = true;
      listener
        .listen(CHANNEL, (payload) => {
          const [sender, ...told] = payload.split(' ');
          if (sender === me) return;
          onHeard();
          void onWake(told);
        })
        .catch((error) => {
          if (!stopping) logger?.warn({ err: error }, 'the event log does not listen');
        });
    },
    async stop() {
      stopping = true;
      if (gathering) {
        gathering();
        send();
      }
      await sending;
      await listener.close();
    },
  };
}
