import { type Queryable, statement } from '@starling/platform/postgres';
import type { ToldAct } from '../acts/act-store.ts';
import type { WantedEntry } from './entry.ts';

/** More people than there are. */
const LARGEST_MILESTONE = 10_000_000_000;

const countLikesStatement = statement(
  'notifications.countLikes',
  `INSERT INTO notifications.like_counts AS known (tweet_id, ever, standing)
   SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[])
   ON CONFLICT (tweet_id) DO UPDATE
   SET ever = known.ever + excluded.ever, standing = known.standing + excluded.standing
   RETURNING tweet_id AS "tweetId", ever, standing`,
);

/**
 * A milestone began with the like that was the tenth, the hundredth and so on of all that there ever were, in the order of
 * time. Looked for when there are enough, for the first time or once more, and when a like is told of that is older than
 * that one.
 */
const listMilestonesStatement = statement(
  'notifications.listMilestones',
  `WITH RECURSIVE milestones (number) AS (
     SELECT 10::bigint UNION ALL SELECT number * 10 FROM milestones WHERE number < ${LARGEST_MILESTONE}
   )
   SELECT liked.recipient_id AS "recipientId", 'MILESTONE' AS kind, liked.tweet_id AS "subjectId", m.number AS part, (
     SELECT a.at_ms FROM notifications.acts a
     WHERE a.recipient_id = liked.recipient_id AND a.kind = 'LIKE' AND a.subject_id = liked.tweet_id
     ORDER BY a.part, a.at_ms, a.actor_id OFFSET m.number - 1 LIMIT 1) AS "beganMs"
   FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
     $6::bigint[], $7::bigint[])
     AS liked (recipient_id, tweet_id, ever_before, ever, standing_before, standing, earliest_ms)
   JOIN milestones m ON m.number <= liked.ever
   WHERE m.number > liked.ever_before OR (m.number > liked.standing_before AND m.number <= liked.standing) OR EXISTS (
     SELECT FROM notifications.entries e
     WHERE e.recipient_id = liked.recipient_id AND e.kind = 'MILESTONE' AND e.subject_id = liked.tweet_id
       AND e.part = m.number AND e.began_ms > liked.earliest_ms)`,
);

interface Liked {
  readonly recipientId: string;
  readonly tweetId: string;
  ever: number;
  standing: number;
  earliestMs: number;
}

/** How a batch changes the number of those who like each tweet. */
function changesOf(acts: readonly ToldAct[]): Liked[] {
  const changes = new Map<string, Liked>();
  for (const { kind, recipientId, subjectId: tweetId, atMs, stands, stoodBefore } of acts) {
    if (kind !== 'LIKE') continue;
    const change = changes.get(tweetId) ?? { recipientId, tweetId, ever: 0, standing: 0, earliestMs: Number(atMs) };
    change.ever += stoodBefore === null ? 1 : 0;
    change.standing += Number(stands) - Number(stoodBefore ?? false);
    change.earliestMs = Math.min(change.earliestMs, Number(atMs));
    changes.set(tweetId, change);
  }
  return [...changes.values()];
}

/** Counts what a batch tells of likes; answers the milestones that are reached by it, or that have another beginning. */
export async function countLikes(transaction: Queryable, acts: readonly ToldAct[]): Promise<WantedEntry[]> {
  const changes = changesOf(acts);
  if (changes.length === 0) return [];
  const counted = await transaction.query<{ tweetId: string; ever: string; standing: string }>(countLikesStatement, [
    changes.map(({ tweetId }) => tweetId),
    changes.map(({ ever }) => ever),
    changes.map(({ standing }) => standing),
  ]);
  const countOf = new Map(counted.map((count) => [count.tweetId, count]));
  const many = changes.flatMap((change) => {
    const now = countOf.get(change.tweetId);
    return now && Number(now.ever) >= 10 ? [{ change, ever: Number(now.ever), standing: Number(now.standing) }] : [];
  });
  if (many.length === 0) return [];
  return transaction.query(listMilestonesStatement, [
    many.map(({ change }) => change.recipientId),
    many.map(({ change }) => change.tweetId),
    many.map(({ change, ever }) => ever - change.ever),
    many.map(({ ever }) => ever),
    many.map(({ change, standing }) => standing - change.standing),
    many.map(({ standing }) => standing),
    many.map(({ change }) => change.earliestMs),
  ]);
}
