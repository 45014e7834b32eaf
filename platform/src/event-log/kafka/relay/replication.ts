import type { EventEmitter } from 'node:events';
import pg from 'pg';
import { type Pgoutput, PgoutputPlugin } from 'pg-logical-replication';
import { formatLsn } from '../lsn.ts';
import { sayGoodbye } from './goodbye.ts';
import type { Place } from './slot.ts';

const PUBLICATION = 'starling_outbox';
/** PostgreSQL ends a connection that says nothing for a minute; it may be set to less. */
const SIGN_OF_LIFE_MS = 1_000;
/** A server that has not answered this many signs of life is away, even if nothing has told us. */
const UNANSWERED = 30;

/** Kinds of message in the stream, by their first byte. */
const CHANGES = 0x77;
const SERVER_SIGN_OF_LIFE = 0x6b;
const STATUS = 0x72;
/** Of a message with changes, before the changes. */
const CHANGES_HEADER = 25;
/** Where a sign of life says that it wants an answer. */
const SERVER_ASKS_AT = 17;
const STATUS_LENGTH = 34;
/** Between 1970 and 2000, where PostgreSQL's time begins. */
const EPOCH_MS = 946_684_800_000;

/** What of the driver speaks the replication protocol; its types do not tell of it. */
interface Wire extends EventEmitter {
  readonly stream: { pause(): void; resume(): void };
  sendCopyFromChunk(chunk: Buffer): void;
}

export interface ReplicationOptions {
  readonly url: string;
  /** The slot, and where to begin. */
  readonly place: Place;
  readonly onMessage: (message: Pgoutput.Message) => void;
  /** Called once, with the reason, when the stream has ended by itself. */
  readonly onEnd: (reason: Error) => void;
}

/** The changes of a database, as PostgreSQL decodes them from its write-ahead log for a slot. */
export interface Replication {
  /** Nothing before this place will be asked for again. */
  acknowledge(lsn: bigint): void;
  /** The server waits with the rest; some more may come. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

export function openReplication({ url, place, onMessage, onEnd }: ReplicationOptions): Replication {
  const plugin = new PgoutputPlugin({ protoVersion: 1, publicationNames: [PUBLICATION], messages: true });
  const client = new pg.Client({
    connectionString: url,
    application_name: 'starling event log relay',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    // Known to the driver, but not to its types.
    ...({ replication: 'database' } as object),
  });
  const wire = (client as unknown as { readonly connection: Wire }).connection;
  let acknowledged = place.lsn;
  let unanswered = 0;
  let paused = false;
  let over = false;
  let signsOfLife: NodeJS.Timeout | undefined;

  const end = (reason: Error): void => {
    if (over) return;
    over = true;
    clearInterval(signsOfLife);
    onEnd(reason);
  };
  // For as long as the client lives: the server may end the connection at any moment, also while it says goodbye.
  client.on('error', end);
  client.on('end', () => end(new Error('PostgreSQL has ended the replication.')));

  const tell = (andAsk: boolean): void => {
    if (signsOfLife && !over) wire.sendCopyFromChunk(statusMessage(acknowledged, andAsk));
  };

  const receive = (chunk: Buffer): void => {
    unanswered = 0;
    if (chunk[0] === CHANGES) onMessage(plugin.parse(chunk.subarray(CHANGES_HEADER)));
    else if (chunk[0] === SERVER_SIGN_OF_LIFE) {
      if (chunk[SERVER_ASKS_AT] === 1) tell(false);
    } else throw new Error(`PostgreSQL sent an unknown message of kind ${chunk[0]}.`);
  };

  const stream = async (): Promise<void> => {
    await client.connect();
    wire.once('replicationStart', () => {
      wire.on('copyData', ({ chunk }: { chunk: Buffer }) => {
        if (over) return;
        try {
          receive(chunk);
        } catch (error) {
          // Thrown from here it would end the process.
          end(error instanceof Error ? error : new Error(String(error)));
        }
      });
      signsOfLife = setInterval(() => {
        // While we do not read we hear no answer.
        if (!paused && ++unanswered > UNANSWERED) end(new Error('PostgreSQL does not answer the relay.'));
        else tell(true);
      }, SIGN_OF_LIFE_MS).unref();
    });
    await plugin.start(client, place.slot, formatLsn(place.lsn));
    throw new Error('PostgreSQL has ended the replication.');
  };
  stream().catch(end);

  return {
    acknowledge(lsn) {
      acknowledged = lsn;
      tell(false);
    },
    pause() {
      paused = true;
      wire.stream.pause();
    },
    resume() {
      paused = false;
      unanswered = 0;
      wire.stream.resume();
    },
    async close() {
      end(new Error('The replication has been closed.'));
      await sayGoodbye(client);
    },
  };
}

/** Tells how far everything has been dealt with, and may ask for a sign of life. */
function statusMessage(lsn: bigint, asks: boolean): Buffer {
  const message = Buffer.alloc(STATUS_LENGTH);
  message.writeUInt8(STATUS, 0);
  // Written, flushed, applied.
  for (const offset of [1, 9, 17]) message.writeBigUInt64BE(lsn, offset);
  message.writeBigInt64BE(BigInt(Date.now() - EPOCH_MS) * 1_000n, 25);
  message.writeUInt8(asks ? 1 : 0, 33);
  return message;
}
