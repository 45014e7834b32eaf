import { expect } from 'vitest';
import type { Person } from './client.ts';
import type { Command } from './commands.ts';
import type { Model } from './model.ts';

interface Payload {
  readonly tweet?: { readonly id: string } | null;
  readonly userErrors: readonly { readonly code: string }[];
}

async function mutate(person: Person, field: string, input: object, selection = ''): Promise<Payload> {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { payload: ${field}(input: $input) { ${selection} userErrors { code } } }`;
  return (await person.ask<{ payload: Payload }>(document, { input })).payload;
}

const TWEET_MUTATIONS = {
  delete: 'deleteTweet',
  like: 'likeTweet',
  unlike: 'unlikeTweet',
  retweet: 'retweet',
  undoRetweet: 'undoRetweet',
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

function pick(model: Model, index: number): string | undefined {
  const tweets = model.allTweets();
  return tweets.length === 0 ? undefined : tweets[(((-1 - index) % tweets.length) + tweets.length) % tweets.length]?.id;
}

async function postTweet(model: Model, person: Person, text: string, replyTo: string | null, quoted: string | null) {
  const target = replyTo ?? quoted;
  const allowed = target === null || model.mayAnswer(person.id, target);
  const input = { text, replyToTweetId: replyTo, quotedTweetId: quoted };
  const payload = await mutate(person, 'postTweet', input, 'tweet { id }');
  expect(payload.userErrors.length === 0, `${person.username} posts: ${JSON.stringify(payload)}`).toBe(allowed);
  if (allowed) model.post({ id: payload.tweet?.id ?? '', author: person.id, text, replyTo, quoted });
}

async function actOnTweet(model: Model, person: Person, command: TweetCommand) {
  const tweetId = pick(model, command.tweet);
  if (tweetId === undefined) return;
  if (command.kind === 'reply') return postTweet(model, person, command.text, tweetId, null);
  if (command.kind === 'quote') return postTweet(model, person, command.text, null, tweetId);
  const payload = await mutate(person, TWEET_MUTATIONS[command.kind], { tweetId });
  const allowed = model[command.kind](person.id, tweetId);
  expect(payload.userErrors.length === 0, `${person.username}: ${command.kind} ${JSON.stringify(payload)}`).toBe(
    allowed,
  );
}

async function actOnUser(model: Model, person: Person, people: readonly Person[], command: UserCommand) {
  const userId = people[command.user]?.id ?? '';
  const { kind } = command;
  const options = kind === 'mute' || kind === 'muteRetweets' ? { onlyRetweets: kind === 'muteRetweets' } : {};
  const payload = await mutate(person, USER_MUTATIONS[kind], { userId, ...options });
  const allowed =
    kind === 'mute' || kind === 'muteRetweets'
      ? model.mute(person.id, userId, kind === 'muteRetweets')
      : model[kind](person.id, userId);
  expect(payload.userErrors.length === 0, `${person.username}: ${kind} ${JSON.stringify(payload)}`).toBe(allowed);
}

async function setProtection(model: Model, person: Person, kind: 'protect' | 'open') {
  const { userErrors } = await mutate(person, 'updateProfile', { isProtected: kind === 'protect' });
  expect(userErrors, `${person.username}: ${kind}`).toEqual([]);
  model[kind](person.id);
}

async function actOnWord(model: Model, person: Person, kind: 'muteWord' | 'unmuteWord', phrase: string) {
  if (kind === 'muteWord') {
    expect((await mutate(person, 'muteKeyword', { phrase })).userErrors).toEqual([]);
  } else {
    const { mutedKeywords } = await person.ask<{ mutedKeywords: { id: string; phrase: string }[] }>(
      '{ mutedKeywords { id phrase } }',
    );
    const mutedKeywordId = mutedKeywords.find((muted) => muted.phrase === phrase)?.id;
    if (mutedKeywordId === undefined) return expect(model.mutesWord(person.id, phrase)).toBe(false);
    expect((await mutate(person, 'unmuteKeyword', { mutedKeywordId })).userErrors).toEqual([]);
  }
  model[kind](person.id, phrase);
}

/** Sends one command to the product and gives it to the model; both must agree whether it is allowed. */
export async function act(
  model: Model,
  people: readonly Person[],
  command: Exclude<Command, { kind: 'look' | 'evict' | 'redeliver' }>,
) {
  const person = people[command.by];
  if (!person) throw new Error(`no account ${command.by}`);
  if (command.kind === 'post') return postTweet(model, person, command.text, null, null);
  if ('tweet' in command) return actOnTweet(model, person, command);
  if ('user' in command) return actOnUser(model, person, people, command);
  if ('phrase' in command) return actOnWord(model, person, command.kind, command.phrase);
  return setProtection(model, person, command.kind);
}
