/** Sentences with gaps: `{bread}` is filled from the list of that name. */
export interface TopicPhrases {
  readonly sentences: readonly string[];
  readonly gaps: Readonly<Record<string, readonly string[]>>;
}

/** How the people of one language talk. */
export interface LanguagePhrases {
  readonly topics: Readonly<Record<string, TopicPhrases>>;
  readonly replies: readonly string[];
  /** What is said about a tweet that is quoted. */
  readonly quotes: readonly string[];
}
