import { type Event, firstTimeQuery } from '@starling/platform/event-log';
import { type Database, opaqueArray, statement } from '@starling/platform/postgres';
import { understand } from '../events.ts';
import { LOCK_CHANGES } from './lock-changes.ts';
import { columnsOf, entryColumns, entryIdOf, type NewEntry } from './new-entry.ts';

interface Added {
  readonly eventId: string;
  readonly known: NewEntry;
}

/** Types of the event's id, of the entry's columns, and of what it quotes and says. */
const TYPES = 'uuid bigint timeline.entry_kind bigint bigint bigint bigint bigint boolean bigint text'.split(' ');
const GROUP = `$${TYPES.length + 1}`;

/**
 * What most batches bring, in one statement and so in one trip, as pages wait for it meanwhile; it does what `firstTime`,
 * `copyWords` and `copyEntries` do in their transaction, in the same order of locks. Who could delete one of the tweets at
 * the same moment is this group alone, and that takes one batch after the other. Changes are numbered in the order of events.
 */
const copyAddedStatement = statement(
  'timeline.copyAdded',
  `WITH fresh AS MATERIALIZED (${firstTimeQuery(opaqueArray(1, 'uuid'), GROUP)}),
   locked AS MATERIALIZED (
     SELECT ${LOCK_CHANGES}, set_config('synchronous_commit', 'off', true) FROM (SELECT count(*) FROM fresh) handled
   ),
   added AS MATERIALIZED (
     SELECT a.* FROM locked CROSS JOIN unnest(
       ${TYPES.map((type, column) => opaqueArray(column + 1, type)).join(', ')}
     ) WITH ORDINALITY AS a (event_id, id, kind, actor_id, tweet_id, author_id, reply_to_tweet_id, reply_to_author_id, has_media,
       quoted_tweet_id, words, place)
     JOIN fresh ON fresh.id = a.event_id
   ),
   said AS (
     INSERT INTO timeline.tweet_words (tweet_id, quoted_tweet_id, words)
     SELECT tweet_id, quoted_tweet_id, words FROM added
     WHERE (words <> '' OR (words IS NOT NULL AND quoted_tweet_id IS NOT NULL))
       AND (SELECT deleted FROM timeline.entries e WHERE e.id = added.tweet_id) IS NOT true
     ON CONFLICT (tweet_id) DO UPDATE SET quoted_tweet_id = excluded.quoted_tweet_id, words = excluded.words
   )
   INSERT INTO timeline.entries
     (id, kind, actor_id, tweet_id, author_id, reply_to_tweet_id, reply_to_author_id, has_media, deleted)
   SELECT a.id, a.kind, a.actor_id, a.tweet_id, a.author_id, a.reply_to_tweet_id, a.reply_to_author_id, a.has_media,
     a.kind = 'retweet' AND coalesce((SELECT deleted FROM timeline.entries e WHERE e.id = a.tweet_id), false)
   FROM added a ORDER BY a.place ON CONFLICT (id) DO NOTHING`,
);

/** The events, when each of them tells of one new tweet or retweet and no two of the same; otherwise undefined. */
export function addedOnly(events: readonly Event[]): Added[] | undefined {
  const added: Added[] = [];
  const ids = new Set<string>();
  for (const event of events) {
    const known = understand(event);
    if (known?.name !== 'tweet.posted.v1' && known?.name !== 'tweet.retweeted.v1') return undefined;
    added.push({ eventId: event.id, known });
    ids.add(event.id);
    ids.add(entryIdOf(known));
  }
  return ids.size === 2 * events.length ? added : undefined;
}

/** The columns of the statement after the event's id: those of the entry, what it quotes, and its words. */
function addedColumns(known: NewEntry): readonly unknown[] {
  if (known.name === 'tweet.retweeted.v1') return [...entryColumns(known), null, null];
  const { quotedTweetId, words = null } = known.payload;
  return [...entryColumns(known), quotedTweetId, words];
}

/** Copies what `addedOnly` has found: places and words. Like every effect of a consumer, it does not wait for the disk. */
export async function copyAdded(database: Database, group: string, added: readonly Added[]): Promise<void> {
  const columns = columnsOf(added.map(({ known }) => addedColumns(known)));
  await database.query(copyAddedStatement, [added.map(({ eventId }) => eventId), ...columns, group]);
}
