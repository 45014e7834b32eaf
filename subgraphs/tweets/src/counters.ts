/** What is counted of a tweet. */
export const COUNTERS = ['likes', 'retweets', 'replies', 'quotes', 'bookmarks'] as const;
export type Counter = (typeof COUNTERS)[number];
