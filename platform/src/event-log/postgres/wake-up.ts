import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { type Database, statement } from '../../postgres/database.ts';
import { openListener } from '../../postgres/listener.ts';

const CHANNEL = 'platform_outbox';
/** Commits within this time share one notification. */
const GATHER_MS = 5;

const notifyReaders = statement('platform.notifyReaders', 'select pg_notify($1, $2)');

/** Tells the readers of every process that there are new events. A hint: whoever misses it finds them a little later. */
export interface WakeUp {
  /** Something was committed here. */
  committed(): void;
  /** Begins to hear of what was committed elsewhere. */
  listen(): void;
  stop(): Promise<void>;
}

export interface WakeUpOptions {
  readonly onWake: () => void;
  /** The database was away for a while; called before `onWake`. */
  readonly onInterruption: () => void;
  readonly logger: Logger | undefined;
}

/**
 * The notification is sent after the commit and by itself. Sent within the writing transaction, it would make all writers
 * of the database commit one after the other, each waiting for the other's disk write: PostgreSQL holds one lock for that.
 */
export function wakeUp(database: Database, { onWake, onInterruption, logger }: WakeUpOptions): WakeUp {
  const me = randomUUID();
  let gathering: NodeJS.Timeout | undefined;
  let sending: Promise<unknown> = Promise.resolve();
  let listening = false;
  const listener = openListener({
    url: database.url,
    applicationName: 'starling event log wake-up',
    onReconnect() {
      onInterruption();
      onWake();
    },
    logger,
  });

  const send = () => {
    gathering = undefined;
    onWake();
    sending = database
      .query(notifyReaders, [CHANNEL, me])
      .catch((error) => logger?.warn({ err: error }, 'readers elsewhere were not woken'));
  };

  return {
    committed() {
      gathering ??= setTimeout(send, GATHER_MS);
    },
    listen() {
      if (listening) return;
      listening = true;
      listener
        .listen(CHANNEL, (sender) => {
          if (sender !== me) onWake();
        })
        .catch((error) => logger?.warn({ err: error }, 'the event log does not listen'));
    },
    async stop() {
      if (gathering) {
        clearTimeout(gathering);
        send();
      }
      await sending;
      await listener.close();
    },
  };
}
