import { type Consumer, firstTime } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import { COPIED_TOPICS, understand } from '../events.ts';
import { addedOnly, copyAdded } from './added-copies.ts';
import { copyEntries } from './entry-copies.ts';
import { copyListMembers } from './list-copies.ts';
import { copyPins } from './pin-copies.ts';
import { copyPopular } from './popular-copies.ts';
import { copyProtections } from './protection-copies.ts';
import { copyBlocks, copyFollows, copyMutes } from './relation-copies.ts';
import { copyKeywords, copyWords } from './word-copies.ts';

const GROUP = 'timeline.copies';

/**
 * Keeps the timeline's copies of protected accounts, follows, blocks, mutes, muted keywords, pins, members of lists, what is
 * popular, and of the places and words of tweets and retweets. One group for all topics, so that whoever waits for it has waited
 * for everything that a timeline depends on.
 */
export function copies(database: Database): Consumer {
  return {
    group: GROUP,
    topics: COPIED_TOPICS,
    async handle(events) {
      const added = addedOnly(events);
      if (added) return copyAdded(database, GROUP, added);
      await database.transaction(
        async (transaction) => {
          const fresh = await firstTime(transaction, GROUP, events);
          const known = fresh.map(understand).filter((event) => event !== undefined);
          await copyProtections(transaction, known);
          await copyFollows(transaction, known);
          await copyBlocks(transaction, known);
          await copyMutes(transaction, known);
          await copyPins(transaction, known);
          await copyPopular(transaction, known);
          await copyListMembers(transaction, known);
          await copyKeywords(transaction, known);
          await copyWords(transaction, known);
          await copyEntries(transaction, known);
        },
        { durable: false },
      );
    },
  };
}
