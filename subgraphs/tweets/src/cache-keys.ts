/** The keys under which this subgraph keeps entities in the cache that it shares with others. */
export const cacheKeys = {
  tweet: (id: string) => `tweets:tweet:${id}`,
} as const;
