import { buildSubgraphSchema } from '@apollo/subgraph';
import { consumerToBe } from '@starling/platform/event-log';
import type { Parts, Subgraph } from '@starling/platform/graphql';
import { backgroundHere } from '@starling/platform/lifecycle';
import type { Clock, Following } from '@starling/platform/live';
import { createContext } from './context.ts';
import { copies } from './copies/copies.ts';
import { answerConsumer } from './digests/answer-consumer.ts';
import { digestMaker } from './digests/digest-maker.ts';
import { type DigestOptions, digestTimes } from './digests/digest-times.ts';
import { resolvers } from './generated/resolvers.ts';
import { typeDefs } from './generated/type-defs.ts';
import { followAnnouncements } from './live/follow-announcements.ts';
import { liveNotifications } from './live/live-notifications.ts';
import { pushConsumer } from './push/push-consumer.ts';
import { obtainPushKeys, type PushKeys } from './push/push-keys.ts';
import { type PushOptions, pushSender } from './push/push-sender.ts';

/** A day. */
const DEFAULT_DIGEST_PERIOD_MS = 24 * 3_600_000;

export interface NotificationsOptions {
  readonly push?: PushOptions;
  /** How digests are made; without it this process makes none. */
  readonly digests?: (DigestOptions & { readonly clock?: Clock }) | undefined;
  /** When announcements are looked for that no event told of; every second when not given. */
  readonly clock?: Clock;
}

/** The subgraph, and what tests need besides. */
export interface Notifications extends Subgraph {
  /** Sends the messages to browsers that are due at this moment, and waits for that. */
  sendDuePushes(): Promise<void>;
  /** Asks for the digests that are due at this moment, and waits for that. */
  makeDueDigests(): Promise<void>;
}

export function createNotifications(
  parts: Pick<Parts, 'database' | 'eventLog'> & Partial<Pick<Parts, 'background' | 'logger'>>,
  { push: pushOptions = {}, digests: digestOptions, clock }: NotificationsOptions = {},
): Notifications {
  const { database, eventLog, background = backgroundHere, logger } = parts;
  const keptCopies = consumerToBe('The notifications');
  const queued = consumerToBe('The notifications');
  let following: Following | undefined;
  let pushKeys: PushKeys | undefined;
  const live = liveNotifications({ database, copies: keptCopies, logger });
  const sender = pushSender({ database, copies: keptCopies, logger }, pushOptions);
  const times = digestTimes(digestOptions ?? { periodMs: DEFAULT_DIGEST_PERIOD_MS });
  const digests =
    digestOptions && digestMaker({ database, eventLog, copies: keptCopies, times, clock: digestOptions.clock, logger });
  const answers = consumerToBe('The notifications');
  const push = {
    addresses: pushOptions.addresses ?? 'public',
    publicKey() {
      if (!pushKeys) throw new Error('The notifications have not been started.');
      return pushKeys.publicKey;
    },
  };

  return {
    name: 'notifications',
    // The generated type says more of each resolver than Apollo's can hold.
    schema: buildSubgraphSchema({ typeDefs, resolvers: resolvers as never }),
    createContext: (identity, signal) =>
      createContext({ database, copies: keptCopies, live, push, nextDigest: times.next }, identity, signal),
    measure: (registry) => sender.measure(registry),
    sendDuePushes: () => sender.sendDue(),
    makeDueDigests: async () => digests?.run(),
    async start() {
      const keys = await obtainPushKeys(database);
      pushKeys = keys;
      await keptCopies.start(eventLog.consume(copies(database, eventLog)));
      // Nothing can be read before the copies are up to date.
      await keptCopies.caughtUp();
      background.begin({ start: () => sender.start(keys) });
      following = await followAnnouncements({
        tail: live.tail,
        database,
        eventLog,
        copies: keptCopies,
        ...(clock && { clock }),
        logger,
      });
      await queued.start(eventLog.consume(pushConsumer(database, sender.wake)));
      if (!digests) return;
      background.begin(digests);
      await answers.start(eventLog.consume(answerConsumer({ database, times, wake: digests.wake, logger })));
    },
    async stop() {
      live.endAll();
      // What waits for the copies ends first.
      await Promise.all([following?.stop(), queued.stop(), answers.stop(), digests?.stop(), sender.stop()]);
      await keptCopies.stop();
    },
  };
}
