import type { Stretch } from './stretch.ts';

/** The parts of the question, as SQL. */
export interface NearestPart {
  /** Rows of `actor_id`: whose entries. */
  readonly sources: string;
  readonly from: string;
  readonly to: string;
  readonly limit: string;
}

/**
 * The nearest entries of the sources' accounts, wanted or not: at most `limit` rows, and fewer only when the stretch has no
 * more. Two or more of the nearest of each account (`heads`) tell within which bound the nearest of all lie, and whose they
 * are; so entries are read no further than that, and each of thousands of accounts costs one index look-up.
 */
export function nearest({ sources, from, to, limit }: NearestPart, direction: Stretch['direction']): string {
  const older = direction === 'older';
  const order = older ? 'DESC' : 'ASC';
  const within = older ? `e.id < ${from} AND e.id > ${to}` : `e.id > ${from} AND e.id < ${to}`;
  return `
    WITH sources AS MATERIALIZED (${sources}),
    heads AS MATERIALIZED (
      SELECT head.id, head.actor_id FROM sources CROSS JOIN LATERAL (
        SELECT e.id, e.actor_id FROM timeline.entries e
        WHERE e.actor_id = sources.actor_id AND NOT e.deleted AND ${within}
        ORDER BY e.id ${order} LIMIT (SELECT 2 * ceil(${limit}::numeric / count(*)) FROM sources)
      ) head ORDER BY head.id ${order} LIMIT ${limit}
    ), bound AS MATERIALIZED (
      SELECT CASE WHEN count(*) = ${limit} THEN ${older ? 'min' : 'max'}(id) ELSE ${to} END AS id FROM heads
    )
    SELECT near.* FROM (SELECT DISTINCT actor_id FROM heads) nearby CROSS JOIN LATERAL (
      SELECT e.id, e.kind, e.actor_id, e.tweet_id, e.author_id, e.reply_to_tweet_id, e.reply_to_author_id
      FROM timeline.entries e
      WHERE e.actor_id = nearby.actor_id AND NOT e.deleted AND ${within}
        AND e.id ${older ? '>=' : '<='} (SELECT id FROM bound)
      ORDER BY e.id ${order} LIMIT ${limit}
    ) near ORDER BY near.id ${order} LIMIT ${limit}`;
}
