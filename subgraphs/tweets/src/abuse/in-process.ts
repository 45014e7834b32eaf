import type { Activity, Post } from './activity.ts';
import type { RecentActivity, Remembered } from './recent-activity.ts';
import { judge } from './verdict.ts';

/** Authors at most. One who has posted ten tweets takes about 3 kB. */
const AUTHORS = 20_000;

export interface InProcessActivity extends RecentActivity {
  /** Remembers what was accepted elsewhere. */
  note(authorId: string, post: Post): void;
}

/** Activity as this process has seen it: of the authors who posted last. */
export function inProcessActivity({ posts, ms }: Remembered, authors = AUTHORS): InProcessActivity {
  /** In the order of their last posts. */
  const byAuthor = new Map<string, Activity>();
  const before = (authorId: string, { at: now }: Post): Activity =>
    (byAuthor.get(authorId) ?? []).filter(({ at }) => at > now - ms);
  const note = (authorId: string, post: Post) => {
    const activity = [...before(authorId, post), post].slice(-posts);
    byAuthor.delete(authorId);
    byAuthor.set(authorId, activity);
    const [longestSilent] = byAuthor.keys();
    if (byAuthor.size > authors && longestSilent !== undefined) byAuthor.delete(longestSilent);
  };
  return {
    note,
    async judge(authorId, post, limits) {
      const judgement = judge(limits, before(authorId, post), post);
      if (judgement === 'accepted') note(authorId, post);
      return judgement;
    },
    async withdraw(authorId, { id }) {
      const known = byAuthor.get(authorId);
      if (!known) return;
      const others = known.filter((post) => post.id !== id);
      if (others.length === 0) byAuthor.delete(authorId);
      else byAuthor.set(authorId, others);
    },
  };
}
