import type { Post } from './activity.ts';
import type { Limit } from './rules.ts';
import type { Judgement } from './verdict.ts';

/**
 * What authors have posted lately. It is no record: what is lost of it makes the rules milder for a while, and nothing else.
 */
export interface RecentActivity {
  /** Judges a post, and remembers it when it is accepted: posts of one author at the same moment are judged one by one. */
  judge(authorId: string, post: Post, limits: readonly Limit[]): Promise<Judgement>;
  /** Forgets a post that was accepted and came to nothing. */
  withdraw(authorId: string, post: Post): Promise<void>;
}

export interface Remembered {
  /** Of each author so many posts at most. */
  readonly posts: number;
  /** An author who posts nothing for so many milliseconds is forgotten. */
  readonly ms: number;
}
