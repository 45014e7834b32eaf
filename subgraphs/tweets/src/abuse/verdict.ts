import type { Activity, Post } from './activity.ts';
import type { Counted, Limit } from './rules.ts';

/** Something that a rule has against a post. */
export interface Objection {
  readonly rule: Limit;
  /** The Unix time in milliseconds at which the rule has nothing against it any more; never for what breaks it by itself. */
  readonly retryAt: number | undefined;
}

/**
 * `accepted`: nothing is in its way. `repeated`: it was accepted before, under the same key; it is no new post, and nothing
 * is counted.
 */
export type Judgement = 'accepted' | 'repeated' | Objection;

/** Adds up what a rule counts, post by post; answers the sum. */
function adder(counts: Counted, { text }: Post): (post: Post) => number {
  let sum = 0;
  const distinct = new Set<string>();
  const addAll = (people: readonly string[]) => {
    for (const one of people) distinct.add(one);
    return distinct.size;
  };
  switch (counts) {
    case 'posts':
      return () => ++sum;
    case 'same-text':
      return (post) => (post.text === text ? ++sum : sum);
    case 'people-of-same-text':
      return (post) => {
        if (post.text === text) {
          sum += 1;
          addAll(post.addressed);
        }
        // What is said once is said to as many as one likes.
        return sum > 1 ? distinct.size : 0;
      };
    case 'links':
      return (post) => {
        sum += post.links;
        return sum;
      };
    case 'mentions':
      return (post) => addAll(post.mentions);
  }
}

/** Whether the post has anything that the rule counts. */
function concerns({ counts }: Limit, { text, links, mentions, addressed }: Post): boolean {
  switch (counts) {
    case 'posts':
      return true;
    case 'same-text':
      return text !== '';
    case 'people-of-same-text':
      return text !== '' && addressed.length > 0;
    case 'links':
      return links > 0;
    case 'mentions':
      return mentions.length > 0;
  }
}

function objectionOf(rule: Limit, activity: Activity, post: Post): Objection | undefined {
  if (!concerns(rule, post)) return undefined;
  const add = adder(rule.counts, post);
  if (add(post) > rule.most) return { rule, retryAt: undefined };
  // From the newest: once the post that makes it too many has left the window, all that are older have.
  for (let index = activity.length - 1; index >= 0; index--) {
    const earlier = activity[index] as Post;
    if (earlier.at <= post.at - rule.windowMs) return undefined;
    if (add(earlier) > rule.most) return { rule, retryAt: earlier.at + rule.windowMs };
  }
  return undefined;
}

/** What the rules say of a post after what its author has posted; the first rule that it breaks decides. */
export function judge(limits: readonly Limit[], activity: Activity, post: Post): Judgement {
  if (post.key !== '' && activity.some(({ key }) => key === post.key)) return 'repeated';
  for (const rule of limits) {
    const objection = objectionOf(rule, activity, post);
    if (objection) return objection;
  }
  return 'accepted';
}
