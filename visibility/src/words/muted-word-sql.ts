/** Expressions of SQL. */
export interface MutedWord {
  /** The table of muted keywords: `muter_id`, `words` of the phrase, and `until`. */
  readonly table: string;
  readonly viewer: string;
  /** The words of the text; null says nothing. */
  readonly words: string;
}

/**
 * `says` for rows: true when the text says a keyword that the viewer mutes at this moment. A scalar subquery, which the
 * planner can only ask row by row: with EXISTS it could go through everything that was ever said.
 */
export function saysMutedWord({ table, viewer, words }: MutedWord): string {
  return `(SELECT true FROM ${table} muted_keyword
    WHERE muted_keyword.muter_id = ${viewer} AND (muted_keyword.until IS NULL OR muted_keyword.until > now())
      AND strpos(${words}, muted_keyword.words) > 0 LIMIT 1) IS NOT NULL`;
}

/** Whether the viewer has muted any keyword: asked first, it spares the others the question about every text. */
export function mutesWords({ table, viewer }: Pick<MutedWord, 'table' | 'viewer'>): string {
  return `(SELECT true FROM ${table} muted_keyword WHERE muted_keyword.muter_id = ${viewer} LIMIT 1) IS NOT NULL`;
}
