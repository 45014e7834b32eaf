import { randomUUID } from 'node:crypto';
import type { Database } from '@starling/platform/postgres';
import { makeSnowflake } from '@starling/platform/snowflake';

import { type PostParts, postTweet } from '../../subgraphs/tweets/src/post-tweet.ts';

export interface Contestant {
  readonly name: string;
  readonly has: readonly Part[];
  /** Writes one tweet by an author, durably, with its outbox row. */
  write(authorId: string, text: string): Promise<void>;
}

const INSERT_TWEET = `INSERT INTO tweets.tweets (id, author_id, conversation_id, text, entities, words)
  VALUES ($1, $2, $1, $3, $4, $3)`;
const INSERT_EVENT = `INSERT INTO platform.outbox (id, topic, name, key, payload) VALUES ($1, $2, $3, $4, $5)`;

let made = 0;

/** The two rows in a transaction, and nothing else: no look at anything, no rules, nobody told. */
export function bareTransaction({ pool }: Database): Contestant {
  return {
    name: 'the bare two-row transaction',
    has: [],
    async write(authorId, text) {
      made += 1;
      const id = makeSnowflake({ ms: Date.now(), kind: 'tweet', writer: 62, sequence: made % 4_096 });
      const payload = {
        tweetId: id,
        authorId,
        conversationId: id,
        replyToTweetId: null,
        replyToAuthorId: null,
        quotedTweetId: null,
        mentionedUserIds: [],
        hasMedia: false,
        words: text,
      };
      const entities = '{"hashtags":[],"cashtags":[],"mentions":[],"urls":[]}';
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        await client.query({ name: 'bare tweet', text: INSERT_TWEET, values: [id, authorId, text, entities] });
        const event = [randomUUID(), 'tweets.tweet', 'tweet.posted.v1', id, JSON.stringify(payload)];
        await client.query({ name: 'bare event', text: INSERT_EVENT, values: event });
        await client.query('COMMIT');
      } finally {
        client.release();
      }
    },
  };
}

/** What a tweet has besides its author and its text. */
export type Part = 'answer' | 'quote' | 'mention' | 'key';

/** Tweets and names that others refer to, in turn. */
export interface Referred {
  readonly tweetIds: readonly string[];
  readonly usernames: readonly string[];
}

/** The product's command, with tweets that have these parts. */
export function theCommand(name: string, parts: PostParts, referred: Referred, has: readonly Part[] = []): Contestant {
  let turn = 0;
  const next = (of: readonly string[]) => of[turn++ % of.length] as string;
  return {
    name,
    has,
    async write(authorId, text) {
      const mention = has.includes('mention') ? `@${next(referred.usernames)} ` : '';
      const outcome = await postTweet(parts, {
        viewerId: authorId,
        text: mention + text,
        replyToTweetId: has.includes('answer') ? next(referred.tweetIds) : null,
        quotedTweetId: has.includes('quote') ? next(referred.tweetIds) : null,
        idempotencyKey: has.includes('key') ? randomUUID() : null,
      });
      if (!outcome.ok) throw new Error(`A tweet was refused: ${JSON.stringify(outcome)}`);
    },
  };
}
