import { type Queryable, statement } from '@starling/platform/postgres';
import { type Act, type ActKind, partOf } from './act.ts';

/** What has become of an act that a batch told of. */
export interface ToldAct {
  readonly recipientId: string;
  readonly kind: ActKind;
  readonly subjectId: string;
  readonly actorId: string;
  readonly part: string;
  readonly atMs: string;
  readonly stands: boolean;
  /** Null when it was not known before. */
  readonly stoodBefore: boolean | null;
}

// A retweet's `stands` is about the newest of its ids, and of that one undoing beats doing. What is done once more stays where
// it was first done: an act never moves from one entry to another. What it was before is written by the same statement: a join
// would be free to walk through all acts of a subject for each of them.
const tellActsStatement = statement(
  'notifications.tellActs',
  `INSERT INTO notifications.acts AS known (recipient_id, kind, subject_id, actor_id, at_ms, part, source_id, stands)
   SELECT * FROM unnest($1::bigint[], $2::notifications.kind[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[],
     $7::bigint[], $8::boolean[])
   ON CONFLICT (recipient_id, kind, subject_id, actor_id) DO UPDATE SET
     source_id = greatest(known.source_id, excluded.source_id),
     stands = CASE
       WHEN known.source_id IS NULL OR excluded.source_id > known.source_id THEN excluded.stands
       WHEN excluded.source_id = known.source_id THEN known.stands AND excluded.stands
       ELSE known.stands END,
     stood_before = known.stands
   RETURNING recipient_id AS "recipientId", kind, subject_id AS "subjectId", actor_id AS "actorId", part, at_ms AS "atMs",
     stands, stood_before AS "stoodBefore"`,
);

// Whose tweet these quote; also when it is told of after them.
const listQuotesStatement = statement(
  'notifications.listQuotes',
  `SELECT quote.id AS "tweetId", quote.author_id AS "authorId", quoted.author_id AS "quotedAuthorId"
   FROM (
     SELECT id FROM notifications.tweets WHERE id = ANY($1::bigint[])
     UNION SELECT id FROM notifications.tweets WHERE quoted_tweet_id = ANY($1::bigint[])
   ) concerned
   JOIN notifications.tweets quote ON quote.id = concerned.id
   JOIN notifications.tweets quoted ON quoted.id = quote.quoted_tweet_id
   WHERE quote.author_id <> quoted.author_id`,
);

// Of one tweet everybody is told once: that it answers them, else that it quotes, else that it mentions them.
const tellOnceStatement = statement(
  'notifications.tellOnce',
  `UPDATE notifications.acts a SET stands = false
   FROM (SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[]) AS told (recipient_id, subject_id)) told
   WHERE a.recipient_id = told.recipient_id AND a.subject_id = told.subject_id AND a.kind IN ('QUOTE', 'MENTION')
     AND EXISTS (
       SELECT FROM notifications.acts better
       WHERE better.recipient_id = told.recipient_id AND better.subject_id = told.subject_id
         AND (better.kind = 'REPLY' OR (better.kind = 'QUOTE' AND a.kind = 'MENTION')))`,
);

export interface Quote {
  readonly tweetId: string;
  readonly authorId: string;
  readonly quotedAuthorId: string;
}

/** Keeps what a batch tells, one act each; answers what has become of them. */
export async function tellActs(transaction: Queryable, acts: readonly Act[]): Promise<ToldAct[]> {
  return transaction.query(tellActsStatement, [
    acts.map(({ recipientId }) => recipientId),
    acts.map(({ kind }) => kind),
    acts.map(({ subjectId }) => subjectId),
    acts.map(({ actorId }) => actorId),
    acts.map(({ atMs }) => atMs),
    acts.map(({ kind, atMs }) => partOf(kind, atMs)),
    acts.map(({ sourceId }) => sourceId),
    acts.map(({ stands }) => stands),
  ]);
}

/** The quotes among these tweets, and of them: those whose quoted tweet is known. */
export async function listQuotes(transaction: Queryable, tweetIds: readonly string[]): Promise<Quote[]> {
  return transaction.query(listQuotesStatement, [tweetIds]);
}

export async function tellOnce(transaction: Queryable, acts: readonly ToldAct[]): Promise<void> {
  const ofTweets = acts.filter(({ kind }) => kind === 'REPLY' || kind === 'QUOTE' || kind === 'MENTION');
  if (ofTweets.length === 0) return;
  await transaction.query(tellOnceStatement, [
    ofTweets.map(({ recipientId }) => recipientId),
    ofTweets.map(({ subjectId }) => subjectId),
  ]);
}
