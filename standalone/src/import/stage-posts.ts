import type { Database } from '@starling/platform/postgres';
import { type Month, POSTS_BEGIN_MS, spreadOver } from './mapping.ts';
import { readPost } from './posts-file.ts';
import { getOrAddSource, type Source } from './posts-store.ts';
import type { Progress } from './progress.ts';
import { readFileLines } from './read-file-lines.ts';
import { sourceName } from './source-name.ts';
import type { Staging } from './staging.ts';
import type { Tally } from './tally.ts';

const COLUMNS = ['line', 'source_id', 'author', 'ms', 'has_time', 'text', 'entities', 'lang', 'reply_to'];

/** A post whose turn it is. */
export interface StagedPost {
  readonly line: number;
  readonly sourceId: string;
  readonly author: string | null;
  /** The author's place among the file's authors, the busiest at 0; null when the post names none. */
  readonly authorRank: number | null;
  /** Unix time in milliseconds, moved already. */
  readonly ms: number;
  readonly text: string;
  /** JSON as the tweets subgraph keeps it. */
  readonly entities: string;
  readonly lang: string | null;
  readonly to: string | null;
  /** Whether somebody of that name writes in the file. */
  readonly toIsKnown: boolean;
  /** True when an earlier line has the same id. */
  readonly isRepeated: boolean;
  /** The tweet that the post became in an earlier run, with its author and conversation. */
  readonly tweetId: string | null;
  readonly authorId: string | null;
  readonly conversationId: string | null;
}

/** In the order of time, and of lines within one moment; the source's name is the session's `import.source`. */
export const STAGED_POSTS = `
  WITH source AS (SELECT slot, shift_ms FROM import.sources WHERE name = current_setting('import.source')),
  authors AS (
    SELECT author, (row_number() OVER (ORDER BY count(*) DESC, min(line)) - 1)::int AS rank
    FROM staged_posts WHERE author IS NOT NULL GROUP BY author
  )
  SELECT line::float8, source_id AS "sourceId", staged.author, authors.rank AS "authorRank",
    (staged.ms + CASE WHEN has_time THEN source.shift_ms ELSE 0 END)::float8 AS ms,
    text, entities, lang, reply_to AS "to", addressed.author IS NOT NULL AS "toIsKnown",
    row_number() OVER (PARTITION BY source_id ORDER BY line) > 1 AS "isRepeated",
    known.tweet_id AS "tweetId", known.author_id AS "authorId", known.conversation_id AS "conversationId"
  FROM staged_posts AS staged CROSS JOIN source
  LEFT JOIN authors ON authors.author = staged.author
  LEFT JOIN authors AS addressed ON addressed.author = staged.reply_to
  LEFT JOIN import.posts AS known USING (slot, source_id)
  ORDER BY staged.ms + CASE WHEN has_time THEN source.shift_ms ELSE 0 END, line`;

/**
 * Reads a file of posts into the staging session, and answers its source and how many posts wait there. What cannot be a
 * tweet, whatever else there is, is counted as refused.
 */
export async function stagePosts(
  { database, staging, progress }: { database: Database; staging: Staging; progress: Progress },
  path: string,
  month: Month,
  tally: Tally,
): Promise<{ source: Source; staged: number }> {
  const name = sourceName(path);
  let firstMs = Number.POSITIVE_INFINITY;
  await staging.run(`CREATE TEMPORARY TABLE staged_posts (
    line bigint, source_id text, author text, ms bigint, has_time boolean, text text, entities text, lang text, reply_to text
  )`);
  async function* rows() {
    for await (const lines of readFileLines(path, progress)) {
      for (const line of lines) {
        const post = readPost(line, tally);
        if (!post) continue;
        if (post.ms !== null) firstMs = Math.min(firstMs, post.ms);
        const ms = post.ms ?? spreadOver(month, name, post.sourceId);
        const { sourceId, author, text, entities, lang, to } = post;
        yield [post.line, sourceId, author, ms, post.ms !== null, text, JSON.stringify(entities), lang, to];
      }
    }
  }
  const staged = await staging.fill({ table: 'staged_posts', columns: COLUMNS }, rows());
  const source = await getOrAddSource(database, name, firstMs < POSTS_BEGIN_MS ? POSTS_BEGIN_MS - firstMs : 0);
  await staging.query(`SELECT set_config('import.source', $1, false)`, [name]);
  if (source.shiftMs > 0) {
    tally.notes.push(
      `times were moved by ${(source.shiftMs / 86_400_000).toFixed(2)} days (${source.shiftMs} ms), ` +
        `so that the file begins on ${new Date(POSTS_BEGIN_MS).toISOString().slice(0, 10)}`,
    );
  }
  return { source, staged };
}
