import { type Consumer, type EventLog, firstTime } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import { tellOfActs } from '../acts/tell-of-acts.ts';
import { copyStoppedDigests } from '../digests/stopped-digests.ts';
import { COPIED_TOPICS, queuedPushes, understand } from '../events.ts';
import { endPushSessions } from '../push/push-sessions.ts';
import { queuePushes } from '../push/push-store.ts';
import { copyKeywords } from './keyword-copies.ts';
import { copyProtections } from './protection-copies.ts';
import { copyBlocks, copyFollows, copyMutes } from './relation-copies.ts';
import { copyTweets } from './tweet-copies.ts';

const GROUP = 'notifications.copies';

/**
 * Keeps what people did that concerns others, and the copies of what decides who may hear of it. One group for all topics,
 * so that whoever waits for it has waited for everything that a notification depends on. Whoever handles it, the process
 * that sends messages to browsers is told of them by an event.
 */
export function copies(database: Database, eventLog: Pick<EventLog, 'append'>): Consumer {
  return {
    group: GROUP,
    topics: COPIED_TOPICS,
    async handle(events) {
      await database.transaction(
        async (transaction) => {
          const fresh = await firstTime(transaction, GROUP, events);
          const known = fresh.map(understand).filter((event) => event !== undefined);
          await endPushSessions(transaction, known);
          await copyProtections(transaction, known);
          await copyStoppedDigests(transaction, known);
          await copyFollows(transaction, known);
          await copyBlocks(transaction, known);
          await copyMutes(transaction, known);
          await copyKeywords(transaction, known);
          await copyTweets(transaction, known);
          const announced = await tellOfActs(transaction, known);
          if (announced.length === 0 || !(await queuePushes(transaction, announced))) return;
          await eventLog.append(transaction, [queuedPushes()]);
        },
        { durable: false },
      );
    },
  };
}
