import { groupBy, together } from '@starling/platform/batching';
import {
  forEverybody,
  isStreamPosition,
  type LiveStreams,
  liveStreams,
  type ReaderTail,
  readerTail,
  type Watch,
} from '@starling/platform/live';
import { decodeCursor, encodeCursor } from '@starling/platform/pagination';
import type { Database } from '@starling/platform/postgres';
import type { Logger } from 'pino';
import {
  type ConversationChange,
  endOfConversationBatch,
  KEPT_CHANGES,
  listConversationChanges,
  listMissedConversationChanges,
  lookForConversationChange,
  newestConversationChange,
} from './conversation-change-store.ts';
import type { Onlooker, Onlookers } from './onlookers.ts';
import type { ConversationUpdates } from './stream-updates.ts';

/** The conversations that somebody watches in this process. */
export interface LiveConversations
  extends Pick<LiveStreams<Onlooker, ConversationChange, ConversationUpdates>, 'watch' | 'endAll'> {
  /** Feeds the watchers. */
  readonly tail: ReaderTail;
  /** What those are told for whom there is no such tweet: that it is not there. */
  nothing(tweetId: string, watch: Watch): Promise<ConversationUpdates>;
}

export interface LiveConversationsParts {
  readonly database: Database;
  readonly onlookers: Onlookers;
  readonly logger?: Logger | undefined;
}

/** Whether a reader is told of a change is asked for so many at once; whoever watches one conversation is asked about together. */
const QUESTIONS_AT_ONCE = 1_000;
/** What is told was judged shortly before: so much is judged at once as is delivered in a moment. */
const DELIVERIES_AT_ONCE = 20_000;
/** What is made of each is kept until the last reader has taken it, for as many as these. */
const CHANGES_AT_ONCE = 32;

/** Cursors are the same for everybody: what a reader may see is asked when something is delivered. */
const streamOf = (tweetId: string) => `conversation-stream:${tweetId}`;

/** Those of one name are told the same. */
const nameOf = ({ viewerId, focusId }: Onlooker) => `${viewerId}:${focusId}`;
const distinct = (readers: readonly Onlooker[]) => [
  ...new Map(readers.map((onlooker) => [nameOf(onlooker), onlooker])).values(),
];

/** One value for all who watch around the same tweet, so that what is made of it may be shared. */
function sharedValues(): (focusId: string, change: ConversationChange) => ConversationUpdates {
  const made = new WeakMap<ConversationChange, Map<string, ConversationUpdates>>();
  return (focusId, change) => {
    const byFocus = made.get(change) ?? new Map<string, ConversationUpdates>();
    made.set(change, byFocus);
    const known = byFocus.get(focusId);
    if (known) return known;
    const { tweetId, removed } = change;
    const cursor = encodeCursor(streamOf(focusId), change.change);
    const __typename = removed ? 'TweetRemoved' : 'TweetAdded';
    const value = forEverybody<ConversationUpdates>({ conversationUpdates: { __typename, cursor, tweetId } });
    byFocus.set(focusId, value);
    return value;
  };
}

export function liveConversations({ database, onlookers, logger }: LiveConversationsParts): LiveConversations {
  const valueAround = sharedValues();
  const newest = () => newestConversationChange(database);
  /** Whoever asks in the same moment is answered together, and those of one name at once. */
  const isTold = together(
    async (asked: readonly (readonly [Onlooker, ConversationChange])[]) => {
      const keyOf = ([onlooker, { change }]: (typeof asked)[number]) => `${nameOf(onlooker)}:${change}`;
      const distinctly = new Map(asked.map((question) => [keyOf(question), question]));
      const answers = await onlookers.areTold([...distinctly.values()]);
      const told = new Map([...distinctly.keys()].map((key, at) => [key, answers[at] === true]));
      return asked.map((question) => told.get(keyOf(question)) === true);
    },
    { fullAt: QUESTIONS_AT_ONCE },
  );
  const streams = liveStreams<Onlooker, ConversationChange, ConversationUpdates>({
    owner: 'The tweets',
    streamOf: ({ focusId }) => streamOf(focusId),
    topicOf: ({ conversationId }) => conversationId,
    numberOf: ({ change }) => change,
    valueFor: ({ focusId }, change) => valueAround(focusId, change),
    gapValue: (gap) => ({ conversationUpdates: gap }),
    newest,
    async listMissed(onlooker, range, limit) {
      if (range.upTo - range.after >= KEPT_CHANGES) return undefined;
      const missed = await listMissedConversationChanges(database, range, onlooker.conversationId, limit);
      // Some may have been pruned before the list was read: they were kept when the stream's place was.
      if ((await lookForConversationChange(database)) - range.after >= KEPT_CHANGES) return undefined;
      if (missed.length === 0 || missed.length >= limit) return missed;
      const told = await onlookers.areTold(missed.map((change) => [onlooker, change]));
      return missed.filter((_, at) => told[at]);
    },
    isStillDue: (onlooker, change) => isTold([onlooker, change]),
    follow: () => tail.follow(),
    logger,
  });

  /** As many changes as few statements can judge for everybody who reads, in their order. */
  async function deliver(changes: readonly ConversationChange[]): Promise<void> {
    const byConversation = groupBy(changes, ({ conversationId }) => conversationId);
    // Whoever comes meanwhile reads a log that holds these changes already.
    const asked = [...byConversation].flatMap(([conversationId, ofConversation]) =>
      distinct(streams.readersOf(conversationId)).flatMap((onlooker) =>
        ofConversation.map((change) => [onlooker, change] as const),
      ),
    );
    const answers = await onlookers.areTold(asked);
    const told = new Map<string, ConversationChange[]>();
    for (const [at, [onlooker, change]] of asked.entries()) {
      if (answers[at]) told.set(nameOf(onlooker), [...(told.get(nameOf(onlooker)) ?? []), change]);
    }
    const newsFor = (onlooker: Onlooker) => told.get(nameOf(onlooker)) ?? [];
    await Promise.all([...byConversation.keys()].map((conversationId) => streams.deliver(conversationId, newsFor)));
  }

  /** Cuts changes where enough of them, times those who are asked about or told, come together. */
  function* parts(changes: readonly ConversationChange[]): Generator<ConversationChange[]> {
    const audiences = new Map<string, { readonly readers: number; readonly names: number }>();
    const audienceOf = (conversationId: string) => {
      const readers = streams.readersOf(conversationId);
      return { readers: readers.length, names: distinct(readers).length };
    };
    let part: ConversationChange[] = [];
    let questions = 0;
    let deliveries = 0;
    for (const change of changes) {
      const audience = audiences.get(change.conversationId) ?? audienceOf(change.conversationId);
      audiences.set(change.conversationId, audience);
      part.push(change);
      questions += audience.names;
      deliveries += audience.readers;
      const isFew = part.length < CHANGES_AT_ONCE && deliveries < DELIVERIES_AT_ONCE;
      if (isFew && questions < QUESTIONS_AT_ONCE) continue;
      yield part;
      part = [];
      questions = 0;
      deliveries = 0;
    }
    if (part.length > 0) yield part;
  }

  const tail = readerTail({
    hasReaders: () => streams.topics().length > 0,
    newest,
    endOfBatch: (range) => endOfConversationBatch(database, range),
    async deliver(range, reached) {
      for (const part of parts(await listConversationChanges(database, range, streams.topics()))) {
        await deliver(part);
        const last = part.at(-1);
        if (last) reached(BigInt(last.change));
      }
    },
    lost: streams.lost,
  });

  return {
    watch: streams.watch,
    endAll: streams.endAll,
    tail,
    async nothing(tweetId, { after }) {
      if (after != null) decodeCursor(streamOf(tweetId), 'after', after, isStreamPosition);
      const cursor = encodeCursor(streamOf(tweetId), String(await newest()));
      return { conversationUpdates: { __typename: 'TweetRemoved', cursor, tweetId } };
    },
  };
}
