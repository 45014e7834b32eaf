import { type Consumer, firstTime } from '@starling/platform/event-log';
import type { Database, Transaction } from '@starling/platform/postgres';
import type { Logger } from 'pino';
import { ANSWERED_TOPIC, type Answer, ASKED_TOPIC, understandAnswer } from './digest-events.ts';
import {
  forgetDigests,
  getDigestUnderWay,
  postponeDigest,
  restDigests,
  reviveDigest,
  settleDigest,
} from './digest-store.ts';
import { type DigestTimes, MOST_ATTEMPTS } from './digest-times.ts';
import { DIGEST_GROUP, giveUpDigests } from './give-up-digests.ts';

export interface AnswerParts {
  readonly database: Database;
  readonly times: DigestTimes;
  /** Told that a digest is due at once. */
  readonly wake: () => void;
  readonly logger: Logger | undefined;
}

/** Hears what has become of digests: they are told, tried again later, or given up; those given up may be replayed. */
export function answerConsumer({ database, times, wake, logger }: AnswerParts): Consumer {
  async function fail(
    transaction: Transaction,
    { until, why, attempt, ...key }: Extract<Answer, { name: 'digest.failed.v1' }>['payload'],
  ): Promise<void> {
    const digest = await getDigestUnderWay(transaction, key);
    // Of an earlier attempt: the one that was asked for since is to be answered yet.
    if (digest?.attempts !== attempt) return;
    if (until === 'NOBODY') await forgetDigests(transaction, key.userId);
    // What it would have told is told by the first that is sent after the address was confirmed.
    else if (until === 'UNCONFIRMED') await restDigests(transaction, [key.userId], times.next());
    else if (until === 'NEVER' || attempt >= MOST_ATTEMPTS) {
      await giveUpDigests({ transaction, times, logger }, [digest], why);
    } else await postponeDigest(transaction, key, times.afterFailure(attempt));
  }

  async function heed(transaction: Transaction, answer: Answer): Promise<void> {
    switch (answer.name) {
      case 'digest.sent.v1':
        return settleDigest(transaction, answer.payload, times.next());
      case 'digest.failed.v1':
        return fail(transaction, answer.payload);
      case 'digest.given-up.v1':
        transaction.afterCommit(wake);
        return reviveDigest(transaction, answer.payload, times.now());
    }
  }

  return {
    group: DIGEST_GROUP,
    topics: [ANSWERED_TOPIC, ASKED_TOPIC],
    async handle(events) {
      await database.transaction(
        async (transaction) => {
          const fresh = await firstTime(transaction, DIGEST_GROUP, events);
          for (const event of fresh) {
            const answer = understandAnswer(event);
            if (answer) await heed(transaction, answer);
          }
        },
        { durable: false },
      );
    },
  };
}
