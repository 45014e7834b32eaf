import { mentionedUsernames, type TweetEntities } from '../text/entities.ts';
import { digestOf, saidBy } from './same-text.ts';

/** People of one post that are told apart; a rule that allows more of them allows any number. */
const MOST_PEOPLE = 100;

/** What is remembered of a post: digests, from which nobody reads what it said and to whom. */
export interface Post {
  /** Of this post among those of its author; nothing else is known by it. */
  readonly id: string;
  /** Unix time in milliseconds. */
  readonly at: number;
  /** Of what it says, or empty when that is little. */
  readonly text: string;
  /** Of its idempotency key together with all that was asked; empty without a key. */
  readonly key: string;
  readonly links: number;
  /** Distinct accounts that it mentions. */
  readonly mentions: readonly string[];
  /** Distinct people or tweets that it is said to: who is mentioned, or else what is answered and quoted. */
  readonly addressed: readonly string[];
}

/** An author's posts within the longest window of a rule, oldest first, the newest at most. */
export type Activity = readonly Post[];

/** What the rules look at in a new tweet. */
export interface Said {
  readonly text: string;
  readonly entities: TweetEntities;
  readonly replyToTweetId: string | null;
  readonly quotedTweetId: string | null;
  /** The key and all that was asked; null without a key. */
  readonly key: string | null;
}

export function postOf(id: string, at: number, said: Said): Post {
  const { text, entities, key, replyToTweetId, quotedTweetId } = said;
  const names = mentionedUsernames(entities).slice(0, MOST_PEOPLE);
  const mentions = names.map((name) => digestOf(`@${name}`));
  const targets = [replyToTweetId, quotedTweetId].filter((target) => target !== null);
  return {
    id,
    at,
    text: saidBy(text, entities),
    key: key === null ? '' : digestOf(key),
    links: entities.urls.length,
    mentions,
    addressed: mentions.length > 0 ? mentions : targets.map(digestOf),
  };
}
