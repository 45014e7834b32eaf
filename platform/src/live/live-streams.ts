import type { Logger } from 'pino';
import { atMost } from '../batching/at-most.ts';
import { together } from '../batching/together.ts';
import { badUserInput } from '../graphql/errors.ts';
import { decodeCursor, encodeCursor } from '../pagination/cursor.ts';
import { type Flow, mapFlow, type Preparation } from './flow.ts';
import { type Parcel, readersInTurns } from './readers-in-turns.ts';
import { untilKnown } from './until-known.ts';
import { type UpdateQueue, updateQueue } from './update-queue.ts';

/** Updates that wait for one reader at most. */
export const LONGEST_WAITING_LINE = 1_000;
/** Updates that are made good to one reader, at most. */
const MOST_MISSED_UPDATES = 1_000;
/** After a restart everybody comes back at once: most of the database's connections stay free for other work. */
const RESUMED_AT_ONCE = 3;

export type GapReason = 'CURSOR_EXPIRED' | 'SLOW_CLIENT' | 'BROKER_RESTARTED';

/** Stands in a stream where updates may be missing. */
export interface Gap {
  readonly __typename: 'StreamGap';
  readonly cursor: string;
  readonly reason: GapReason;
}

/** What a reader asks for. */
export interface Watch {
  /** The cursor of the last update that the reader has. */
  readonly after?: string | null | undefined;
  /** Whoever asks has lost something: a stream that cannot go on after `after` begins with a gap of this reason. */
  readonly gapReason?: GapReason | null | undefined;
}

/** What happened beyond one number, up to and with another. */
export interface NumberRange {
  readonly after: bigint;
  readonly upTo: bigint;
}

export interface LiveStreamsOptions<Reader, News, Value> {
  /** Such as `The timeline`, in the error of whoever comes once it has stopped. */
  readonly owner: string;
  /** What the cursors of this reader's stream belong to. */
  readonly streamOf: (reader: Reader) => string;
  /** Readers of one topic are told of the same news. */
  readonly topicOf: (reader: Reader) => string;
  /** News come in the order of their numbers. */
  readonly numberOf: (news: News) => string;
  /** The value that the subscription is executed on. */
  readonly valueFor: (reader: Reader, news: News) => Value;
  readonly gapValue: (gap: Gap) => Value;
  /** Asked about news that had to wait, at the moment of delivery: false drops it silently. */
  readonly isStillDue: (reader: Reader, news: News) => Promise<boolean>;
  /** The number of the newest there is, as one to remember. Asked for everybody who comes at the same moment together. */
  readonly newest: () => Promise<bigint>;
  /** What the reader has missed, at most the first `limit`; undefined when that is not known any more. */
  readonly listMissed: (reader: Reader, range: NumberRange, limit: number) => Promise<readonly News[] | undefined>;
  /** Awaited before a stream begins: what is new from then on is delivered. */
  readonly follow?: () => Promise<void>;
  readonly logger?: Logger | undefined;
}

/** Streams of numbered news to the readers of this process. */
export interface LiveStreams<Reader, News, Value> {
  /**
   * What there is beyond `after`, in order and each once, and then what is new; without `after`, from this call on. Rejects
   * when `after` is no cursor of this reader's stream.
   */
  watch(reader: Reader, watch: Watch): Promise<Flow<Value>>;
  /** Topics that somebody reads. */
  topics(): string[];
  readersOf(topic: string): Reader[];
  /**
   * To each of the topic's readers what there is for it, in order. Readers for whom it is the same list are told the same values.
   * Resolves once all have been told who were there at the call.
   */
  deliver(topic: string, newsFor: (reader: Reader) => readonly News[]): Promise<void>;
  /** There are fewer news than were delivered: what was delivered may not have happened. Every stream begins anew. */
  lost(newest: bigint): void;
  /** Ends every stream, and lets nobody watch any more. */
  endAll(): void;
}

interface Due<News, Value> {
  readonly value: Value;
  readonly position: bigint;
  /** What must still be due when it is delivered after a wait; not of a gap. */
  readonly news: News | undefined;
}

/** A reader, and what is on its way to it. */
interface Place<Reader, News, Value> {
  readonly reader: Reader;
  readonly queue: UpdateQueue<Due<News, Value>>;
  preparation?: Preparation<Value>;
}

const theValue = <Value>({ value }: { readonly value: Value }) => value;

/** The position in a cursor of a stream: one number. */
export function isStreamPosition(parts: readonly string[]): boolean {
  return parts.length === 1 && /^(0|[1-9][0-9]{0,18})$/.test(parts[0] ?? '');
}

export function liveStreams<Reader, News, Value>(
  options: LiveStreamsOptions<Reader, News, Value>,
): LiveStreams<Reader, News, Value> {
  const { owner, streamOf, topicOf, numberOf, valueFor, gapValue, isStillDue, listMissed, follow, logger } = options;
  type Queue = UpdateQueue<Due<News, Value>>;
  const byTopic = new Map<string, Set<Place<Reader, News, Value>>>();
  const tellAll = readersInTurns<Value>();
  const inTurn = atMost(RESUMED_AT_ONCE);
  const newest = together<void, bigint>(
    async (askers) => {
      const found = await options.newest();
      return askers.map(() => found);
    },
    { fullAt: Number.POSITIVE_INFINITY },
  );
  let ended = false;

  const dueOf = (reader: Reader, news: News): Due<News, Value> => ({
    value: valueFor(reader, news),
    position: BigInt(numberOf(news)),
    news,
  });
  const gapAt = (reader: Reader, position: bigint, reason: GapReason): Due<News, Value> => {
    const cursor = encodeCursor(streamOf(reader), position.toString());
    return { value: gapValue({ __typename: 'StreamGap', cursor, reason }), position, news: undefined };
  };

  function enter(reader: Reader): Place<Reader, News, Value> {
    const topic = topicOf(reader);
    const queue: Queue = updateQueue({
      capacity: LONGEST_WAITING_LINE,
      gapAfter: ({ position }) => gapAt(reader, position, 'SLOW_CLIENT'),
      async isStillDue({ news }) {
        if (news === undefined) return true;
        const check = () => isStillDue(reader, news);
        return (await untilKnown(check, () => queue.hasEnded, logger)) === true;
      },
      onEnd() {
        const places = byTopic.get(topic);
        places?.delete(place);
        if (places?.size === 0) byTopic.delete(topic);
      },
    });
    const place: Place<Reader, News, Value> = { reader, queue };
    byTopic.set(topic, (byTopic.get(topic) ?? new Set()).add(place));
    return place;
  }

  const flowOf = (place: Place<Reader, News, Value>): Flow<Value> => ({
    ...mapFlow(place.queue, theValue),
    prepareBy(preparation) {
      place.preparation = preparation;
    },
  });

  /** What the reader gets before anything new. */
  async function missed(reader: Reader, range: NumberRange, reason: GapReason): Promise<Due<News, Value>[]> {
    const found = await inTurn(() => listMissed(reader, range, MOST_MISSED_UPDATES + 1));
    if (!found || found.length > MOST_MISSED_UPDATES) return [gapAt(reader, range.upTo, reason)];
    return found.map((news) => dueOf(reader, news));
  }

  return {
    async watch(reader, { after, gapReason }) {
      if (ended) throw new Error(`${owner} has stopped.`);
      const [position] = after == null ? [] : decodeCursor(streamOf(reader), 'after', after, isStreamPosition);
      const place = enter(reader);
      const { queue } = place;
      try {
        await follow?.();
        // What is new arrives by now; what is beyond the newest that is read after, has not been missed.
        if (position === undefined && gapReason == null) return flowOf(place);
        const upTo = await newest();
        const reason = gapReason ?? 'CURSOR_EXPIRED';
        if (position !== undefined && BigInt(position) > upTo) {
          throw badUserInput('after', 'This cursor is of an update that has not been made.');
        }
        const first =
          position === undefined
            ? [gapAt(reader, upTo, reason)]
            : await missed(reader, { after: BigInt(position), upTo }, reason);
        queue.begin(first, (due) => due.position > upTo);
        return flowOf(place);
      } catch (error) {
        queue.end();
        throw error;
      }
    },
    topics: () => [...byTopic.keys()],
    readersOf: (topic) => [...(byTopic.get(topic) ?? [])].map(({ reader }) => reader),
    async deliver(topic, newsFor) {
      const made = new Map<readonly News[], Pick<Parcel<Value>, 'values'> & { readonly updates: Due<News, Value>[] }>();
      const parcels: Parcel<Value>[] = [];
      for (const { reader, queue, preparation } of byTopic.get(topic) ?? []) {
        const news = newsFor(reader);
        if (news.length === 0) continue;
        let content = made.get(news);
        if (!content) {
          const updates = news.map((each) => dueOf(reader, each));
          content = { updates, values: updates.map(theValue) };
          made.set(news, content);
        }
        const { updates, values } = content;
        parcels.push({ values, preparation, tell: () => queue.push(updates) });
      }
      await tellAll(parcels);
    },
    lost(newestNow) {
      for (const places of byTopic.values()) {
        for (const { queue, reader } of places) {
          queue.begin([gapAt(reader, newestNow, 'BROKER_RESTARTED')], () => true);
        }
      }
    },
    endAll() {
      ended = true;
      for (const places of [...byTopic.values()]) for (const { queue } of [...places]) queue.end();
    },
  };
}
