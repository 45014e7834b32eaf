import { expect } from 'vitest';
import type { Person } from './client.ts';
import type { Command } from './commands.ts';
import type { Model } from './model.ts';

export interface Payload {
  readonly tweet?: { readonly id: string } | null;
  readonly userErrors: readonly { readonly code: string }[];
}

/** Something that a person asks of the product, and what it means. */
export interface Step {
  readonly by: Person;
  readonly kind: string;
  /** The mutation and its input. */
  readonly field: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Gives it to the model, with the tweet that the product has made if any, and answers whether it is allowed. */
  apply(tweetId?: string): boolean;
}

export function documentOf({ field }: Pick<Step, 'field'>): string {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
  const selection = field === 'postTweet' ? 'tweet { id }' : '';
  return `mutation ($input: ${type}!) { payload: ${field}(input: $input) { ${selection} userErrors { code } } }`;
}

const TWEET_MUTATIONS = {
  delete: 'deleteTweet',
  like: 'likeTweet',
  unlike: 'unlikeTweet',
  retweet: 'retweet',
  undoRetweet: 'undoRetweet',
  bookmark: 'bookmarkTweet',
  removeBookmark: 'removeBookmark',
  pin: 'pinTweet',
} as const;

const USER_MUTATIONS = {
  follow: 'followUser',
  unfollow: 'unfollowUser',
  approve: 'approveFollowRequest',
  decline: 'declineFollowRequest',
  block: 'blockUser',
  unblock: 'unblockUser',
  mute: 'muteUser',
  muteRetweets: 'muteUser',
  unmute: 'unmuteUser',
} as const;

type TweetCommand = Extract<Command, { tweet: number }>;
type UserCommand = Extract<Command, { user: number }>;
type WordCommand = Extract<Command, { phrase: string }>;
export type PersonsCommand = Exclude<Command, { kind: 'look' | 'evict' | 'redeliver' }>;

function pick(model: Model, index: number): string | undefined {
  const tweets = model.allTweets();
  return tweets.length === 0 ? undefined : tweets[(((-1 - index) % tweets.length) + tweets.length) % tweets.length]?.id;
}

function posting(
  model: Model,
  by: Person,
  kind: string,
  text: string,
  replyTo: string | null,
  quoted: string | null,
): Step {
  const input = { text, replyToTweetId: replyTo, quotedTweetId: quoted };
  return {
    by,
    kind,
    field: 'postTweet',
    input,
    apply(tweetId = '') {
      const target = replyTo ?? quoted;
      const allowed = target === null || model.mayAnswer(by.id, target);
      if (allowed) model.post({ id: tweetId, author: by.id, text, replyTo, quoted });
      return allowed;
    },
  };
}

function onTweet(model: Model, by: Person, command: TweetCommand): Step | undefined {
  const tweetId = pick(model, command.tweet);
  if (tweetId === undefined) return undefined;
  const { kind } = command;
  if (kind === 'reply') return posting(model, by, kind, command.text, tweetId, null);
  if (kind === 'quote') return posting(model, by, kind, command.text, null, tweetId);
  return { by, kind, field: TWEET_MUTATIONS[kind], input: { tweetId }, apply: () => model[kind](by.id, tweetId) };
}

function onUser(model: Model, by: Person, people: readonly Person[], { kind, user }: UserCommand): Step {
  const userId = people[user]?.id ?? '';
  const field = USER_MUTATIONS[kind];
  if (kind === 'mute' || kind === 'muteRetweets') {
    const onlyRetweets = kind === 'muteRetweets';
    return { by, kind, field, input: { userId, onlyRetweets }, apply: () => model.mute(by.id, userId, onlyRetweets) };
  }
  return { by, kind, field, input: { userId }, apply: () => model[kind](by.id, userId) };
}

async function onWord(model: Model, by: Person, { kind, phrase }: WordCommand): Promise<Step | undefined> {
  const apply = () => {
    model[kind](by.id, phrase);
    return true;
  };
  if (kind === 'muteWord') return { by, kind, field: 'muteKeyword', input: { phrase }, apply };
  const { mutedKeywords } = await by.ask<{ mutedKeywords: { id: string; phrase: string }[] }>(
    '{ mutedKeywords { id phrase } }',
  );
  const mutedKeywordId = mutedKeywords.find((muted) => muted.phrase === phrase)?.id;
  expect(mutedKeywordId !== undefined, `${by.username} mutes ${phrase}`).toBe(model.mutesWord(by.id, phrase));
  return mutedKeywordId === undefined
    ? undefined
    : { by, kind, field: 'unmuteKeyword', input: { mutedKeywordId }, apply };
}

/** What a command means at this moment; undefined when there is nothing that it could be about. */
export async function stepOf(
  model: Model,
  people: readonly Person[],
  command: PersonsCommand,
): Promise<Step | undefined> {
  const by = people[command.by];
  if (!by) throw new Error(`no account ${command.by}`);
  if (command.kind === 'post') return posting(model, by, 'post', command.text, null, null);
  if ('tweet' in command) return onTweet(model, by, command);
  if ('user' in command) return onUser(model, by, people, command);
  if ('phrase' in command) return onWord(model, by, command);
  const { kind } = command;
  return {
    by,
    kind,
    field: 'updateProfile',
    input: { isProtected: kind === 'protect' },
    apply() {
      model[kind](by.id);
      return true;
    },
  };
}

/** Sends one command to the product and gives it to the model; both must agree whether it is allowed. */
export async function act(model: Model, people: readonly Person[], command: PersonsCommand) {
  const step = await stepOf(model, people, command);
  if (!step) return;
  const { payload } = await step.by.ask<{ payload: Payload }>(documentOf(step), { input: step.input });
  const allowed = step.apply(payload.tweet?.id);
  expect(payload.userErrors.length === 0, `${step.by.username}: ${step.kind} ${JSON.stringify(payload)}`).toBe(allowed);
}
