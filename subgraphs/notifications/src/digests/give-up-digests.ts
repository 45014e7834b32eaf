import { keepDeadLetters } from '@starling/platform/event-log';
import type { Transaction } from '@starling/platform/postgres';
import type { Logger } from 'pino';
import { givenUp } from './digest-events.ts';
import { type DigestUnderWay, restDigests } from './digest-store.ts';
import type { DigestTimes } from './digest-times.ts';

export const DIGEST_GROUP = 'notifications.digests';

export interface GivingUp {
  readonly transaction: Transaction;
  readonly times: DigestTimes;
  readonly logger: Logger | undefined;
}

/** They become dead letters, which say who was to be told and not what. The next digest tells what they did not. */
export async function giveUpDigests(
  { transaction, times, logger }: GivingUp,
  digests: readonly DigestUnderWay[],
  why: string,
): Promise<void> {
  const letters = digests.map((digest) => ({
    event: givenUp(digest),
    group: DIGEST_GROUP,
    error: new Error(why),
    attempts: digest.attempts,
  }));
  await keepDeadLetters(transaction, letters);
  const userIds = digests.map(({ userId }) => userId);
  await restDigests(transaction, userIds, times.next());
  for (const { event, attempts } of letters) {
    logger?.warn({ event: event.id, attempts, why }, 'a digest is given up');
  }
}
