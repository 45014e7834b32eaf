import type { CatchesUp } from '@starling/platform/batching';
import { keepDeadLetters } from '@starling/platform/event-log';
import { every, untilNoneWaits, woken } from '@starling/platform/live';
import type { Database } from '@starling/platform/postgres';
import { measureCounts, type Registry } from '@starling/platform/telemetry';
import type { Logger } from 'pino';
import { uuidv7 } from 'uuidv7';
import webPush from 'web-push';
import { GIVEN_UP, PUSH_TOPIC } from '../events.ts';
import { type PushRequest, postPush } from './post-push.ts';
import { ForbiddenAddressError, type PushAddresses } from './push-addresses.ts';
import type { PushKeys } from './push-keys.ts';
import { type Push, postponePush, readPushes, removePushes, removePushSubscription, takePushes } from './push-store.ts';

export interface PushOptions {
  /** Where messages may be sent; `public` when not given. */
  readonly addresses?: PushAddresses;
  /** Whom a push service may turn to: a `mailto:` or https address. */
  readonly contact?: string | undefined;
  /** The wait before the second attempt in milliseconds; each further wait is four times as long. Default 30 s. */
  readonly firstPauseMs?: number;
}

export const PUSH_GROUP = 'notifications.push';
/** After these, some three hours later, a message is a dead letter. */
export const MOST_ATTEMPTS = 6;
const LOOK_EVERY_MS = 5_000;
/** Push services keep a message for a browser that is away for so many seconds. */
const TTL_S = 86_400;

export interface PushSender {
  /** Begins to look for messages that are due; needs the keys. */
  start(keys: PushKeys): void;
  /** Sends everything that is due at this moment. */
  sendDue(): Promise<void>;
  /** There is something to be sent: does not wait for it. */
  wake(): void;
  /** Counts what becomes of messages in this process. */
  measure(registry: Registry): void;
  stop(): Promise<void>;
}

type Result = 'done' | 'gone' | 'refused' | 'failed';

function resultOf(status: number): Result {
  if (status >= 200 && status < 300) return 'done';
  if (status === 404 || status === 410) return 'gone';
  return status === 429 || status >= 500 ? 'failed' : 'refused';
}

export interface PushSenderParts {
  readonly database: Database;
  /** Awaited once messages are taken: whoever was told of a block, or of the end of a session, before that is obeyed. */
  readonly copies: CatchesUp;
  readonly logger?: Logger | undefined;
}

export function pushSender(
  { database, copies, logger }: PushSenderParts,
  { addresses = 'public', contact = 'mailto:operator@starling.invalid', firstPauseMs = 30_000 }: PushOptions,
): PushSender {
  let keys: PushKeys | undefined;
  const counts: Record<Result, number> = { done: 0, gone: 0, refused: 0, failed: 0 };

  /** What the message says: ids alone. Who receives it asks for the rest, and sees what it may see by then. */
  function requestOf({ endpoint, p256dh, auth, id, kind, tweetId }: Push, vapid: PushKeys): PushRequest {
    const details = webPush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      JSON.stringify({ notificationId: id, kind, tweetId }),
      { vapidDetails: { subject: contact, ...vapid }, TTL: TTL_S },
    );
    return { endpoint, headers: details.headers as PushRequest['headers'], body: details.body as Buffer };
  }

  async function attempt(push: Push, vapid: PushKeys): Promise<{ readonly result: Result; readonly why: string }> {
    try {
      const status = await postPush(requestOf(push, vapid), addresses);
      return { result: resultOf(status), why: `The push service answered with status ${status}.` };
    } catch (error) {
      const { name, code } = error as NodeJS.ErrnoException;
      // Of the error only its kind: its message may hold the endpoint, which is a secret.
      const why = `No message could be sent: ${code ?? name}.`;
      return { result: error instanceof ForbiddenAddressError ? 'refused' : 'failed', why };
    }
  }

  async function giveUp(push: Push, why: string): Promise<void> {
    const { subscriptionId, announced, userId: key, attempts } = push;
    const payload = { subscriptionId, announced };
    const event = { id: uuidv7(), topic: PUSH_TOPIC, name: GIVEN_UP, key, payload, occurredAt: new Date() };
    await database.transaction(async (transaction) => {
      await keepDeadLetters(transaction, [{ event, group: PUSH_GROUP, error: new Error(why), attempts }]);
      await removePushes(transaction, [push]);
    });
    logger?.warn({ event: event.id, attempts, why }, 'a push message is given up');
  }

  async function deliver(push: Push, vapid: PushKeys): Promise<void> {
    if (!push.isDue) return removePushes(database, [push]);
    const { result, why } = await attempt(push, vapid);
    counts[result] += 1;
    if (result === 'done') return removePushes(database, [push]);
    if (result === 'gone') return removePushSubscription(database, push.subscriptionId);
    if (result === 'refused' || push.attempts >= MOST_ATTEMPTS) return giveUp(push, why);
    return postponePush(database, push, firstPauseMs * 4 ** (push.attempts - 1));
  }

  const sending = woken({
    clock: every(LOOK_EVERY_MS),
    onFailure: (error) => logger?.warn({ err: error }, 'push messages wait and will be sent later'),
    async work(isStopping) {
      if (!keys) throw new Error('The push sender has not been started.');
      const vapid = keys;
      await untilNoneWaits(
        isStopping,
        async () => {
          const taken = await takePushes(database);
          if (taken.length === 0) return [];
          await copies.caughtUp();
          return readPushes(database, taken);
        },
        (push) => deliver(push, vapid),
      );
    },
  });

  return {
    start(obtained) {
      keys = obtained;
      sending.start();
    },
    sendDue: sending.run,
    wake: sending.wake,
    measure(registry) {
      measureCounts(registry, {
        name: 'starling_pushes_total',
        help: 'Attempts to hand a message to a push service, by result: done, gone (the browser is registered no more), refused, failed (it may be tried again).',
        labels: ['result'],
        read: () => Object.entries(counts).map(([result, count]) => [[result], count] as const),
      });
    },
    stop: sending.stop,
  };
}
