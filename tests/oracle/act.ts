import { expect } from 'vitest';
import { onList } from './act-on-lists.ts';
import type { Act } from './acts.ts';
import type { Person } from './client.ts';
import { type Command, PHRASES, TEXTS } from './commands.ts';
import type { Model } from './model.ts';
import { notificationsOf } from './notified.ts';

export interface Payload {
  /** What has come into being by it. */
  readonly made?: { readonly id: string } | null;
  readonly userErrors: readonly { readonly code: string }[];
}

/** Something that a person asks of the product, and what it means. */
export interface Step {
  readonly by: Person;
  readonly kind: string;
  /** The mutation and its input. */
  readonly field: string;
  readonly input: Readonly<Record<string, unknown>>;
  /**
   * Gives it to the model, with the id of what the product has made if anything, and answers whether it is allowed. `again`: it
   * was asked for before, and nobody knows what came of that.
   */
  apply(madeId?: string, again?: boolean): boolean;
}

const MADE: Readonly<Record<string, string>> = { postTweet: 'made: tweet { id }', createList: 'made: list { id }' };

export function documentOf({ field }: Pick<Step, 'field'>): string {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
  return `mutation ($input: ${type}!) { payload: ${field}(input: $input) { ${MADE[field] ?? ''} userErrors { code } } }`;
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
  removeFollower: 'removeFollower',
  dismiss: 'dismissSuggestion',
} as const;

type PostCommand = Extract<Command, { text: string }>;
type TweetCommand = Exclude<Extract<Command, { tweet: number }>, PostCommand | { kind: 'markRead' }>;
type MarkCommand = Extract<Command, { kind: 'markRead' }>;
type UserCommand = Extract<Command, { user: number }>;
type TakeBackCommand = Extract<Command, { kind: 'takeBack' }>;
type ShunCommand = Extract<Command, { kind: 'shun' }>;
type WordCommand = Extract<Command, { phrase: string }>;
export type PersonsCommand = Exclude<Command, { kind: 'look' | 'evict' | 'redeliver' }>;

function pick(model: Model, index: number): string | undefined {
  const tweets = model.allTweets();
  return tweets.length === 0 ? undefined : tweets[(((-1 - index) % tweets.length) + tweets.length) % tweets.length]?.id;
}

interface About {
  readonly replyTo: string | null;
  readonly quoted: string | null;
}

function posting(
  model: Model,
  people: readonly Person[],
  by: Person,
  { kind, text: said, mentioned }: PostCommand,
  { replyTo, quoted }: About,
): Step {
  const named = mentioned === null ? undefined : people[mentioned];
  const text = named ? `${said} @${named.username}` : said;
  const names = new Set([...text.matchAll(/@(\w+)/g)].map(([, name]) => name));
  const mentions = people.filter(({ username }) => names.has(username)).map(({ id }) => id);
  const input = { text, replyToTweetId: replyTo, quotedTweetId: quoted };
  return {
    by,
    kind,
    field: 'postTweet',
    input,
    apply(tweetId = '') {
      const allowed = [replyTo, quoted].every((target) => target === null || model.sees(by.id, target));
      const says = [...(TEXTS[said] ?? []), ...PHRASES.filter((phrase) => phrase === `@${named?.username}`)];
      if (allowed) model.post({ id: tweetId, author: by.id, text, says, mentions, replyTo, quoted });
      return allowed;
    },
  };
}

function onPost(model: Model, people: readonly Person[], by: Person, command: PostCommand): Step | undefined {
  if (command.kind === 'post') return posting(model, people, by, command, { replyTo: null, quoted: null });
  const tweetId = pick(model, command.tweet);
  if (tweetId === undefined) return undefined;
  const { kind } = command;
  const another = pick(model, command.tweet + 1) ?? null;
  return posting(model, people, by, command, {
    replyTo: kind === 'quote' ? null : tweetId,
    quoted: kind === 'reply' ? null : kind === 'quote' ? tweetId : another,
  });
}

function onTweet(model: Model, by: Person, { kind, tweet }: Omit<TweetCommand, 'by'>): Step | undefined {
  const tweetId = pick(model, tweet);
  return tweetId === undefined ? undefined : doing(model, by, kind, tweetId);
}

function doing(model: Model, by: Person, kind: TweetCommand['kind'], tweetId: string): Step {
  return { by, kind, field: TWEET_MUTATIONS[kind], input: { tweetId }, apply: () => model[kind](by.id, tweetId) };
}

function onUser(model: Model, by: Person, { kind }: Pick<UserCommand, 'kind'>, userId: string): Step {
  const field = USER_MUTATIONS[kind];
  if (kind === 'mute' || kind === 'muteRetweets') {
    const onlyRetweets = kind === 'muteRetweets';
    return { by, kind, field, input: { userId, onlyRetweets }, apply: () => model.mute(by.id, userId, onlyRetweets) };
  }
  return { by, kind, field, input: { userId }, apply: () => model[kind](by.id, userId) };
}

function onTakeBack(model: Model, by: Person, { how }: TakeBackCommand): Step | undefined {
  const has = { unlike: 'hasLiked', undoRetweet: 'hasRetweeted', removeBookmark: 'hasBookmarked' } as const;
  const tweet = model.allTweets().findLast(({ id }) => model[has[how]](by.id, id));
  return tweet && doing(model, by, how, tweet.id);
}

function onShun(model: Model, by: Person, { how }: ShunCommand): Step | undefined {
  const acts = notificationsOf(model, by.id).flatMap(({ shown }) => shown);
  const latest = acts
    .filter(({ kind }) => how !== 'muteRetweets' || kind === 'RETWEET')
    .reduce<Act | undefined>((one, other) => (one && one.last > other.last ? one : other), undefined);
  return latest && onUser(model, by, { kind: how }, latest.actor);
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

/** What is liked meanwhile is done after it, as far as the model can tell: it may be read or not. */
async function onMark(
  model: Model,
  people: readonly Person[],
  by: Person,
  { place, liker, tweet }: MarkCommand,
): Promise<(Step | undefined)[]> {
  const { notifications } = await by.ask<{ notifications: { nodes: readonly { readonly id: string }[] } }>(
    '{ notifications(first: 100) { nodes { id } } }',
  );
  const { nodes } = notifications;
  const upTo = nodes[place % nodes.length]?.id;
  if (upTo === undefined) return [];
  const mark: Step = {
    by,
    kind: 'markRead',
    field: 'markNotificationsRead',
    input: { upTo },
    apply: () => model.markRead(by.id, upTo),
  };
  return [mark, onTweet(model, personAt(people, liker), { kind: 'like', tweet })];
}

function personAt(people: readonly Person[], index: number): Person {
  const person = people[index];
  if (!person) throw new Error(`no account ${index}`);
  return person;
}

async function meant(model: Model, people: readonly Person[], command: PersonsCommand): Promise<(Step | undefined)[]> {
  const by = personAt(people, command.by);
  if (command.kind === 'markRead') return onMark(model, people, by, command);
  if ('text' in command) return [onPost(model, people, by, command)];
  if ('tweet' in command) return [onTweet(model, by, command)];
  if ('user' in command) return [onUser(model, by, command, personAt(people, command.user).id)];
  if (command.kind === 'takeBack') return [onTakeBack(model, by, command)];
  if (command.kind === 'shun') return [onShun(model, by, command)];
  if ('phrase' in command) return [await onWord(model, by, command)];
  if (command.kind === 'createList' || 'list' in command) return [onList(model, people, by, command)];
  const { kind } = command;
  const apply = () => {
    model[kind](by.id);
    return true;
  };
  return [{ by, kind, field: 'updateProfile', input: { isProtected: kind === 'protect' }, apply }];
}

/** What a command means at this moment: steps that are taken together, and given to the model in this order. */
export async function stepsOf(model: Model, people: readonly Person[], command: PersonsCommand): Promise<Step[]> {
  return (await meant(model, people, command)).filter((step) => step !== undefined);
}

/** Sends one command to the product and gives it to the model; both must agree whether it is allowed. */
export async function act(model: Model, people: readonly Person[], command: PersonsCommand) {
  const steps = await stepsOf(model, people, command);
  const payloads = await Promise.all(
    steps.map((step) => step.by.ask<{ payload: Payload }>(documentOf(step), { input: step.input })),
  );
  for (const [place, step] of steps.entries()) {
    const payload = payloads[place]?.payload;
    const allowed = step.apply(payload?.made?.id);
    const label = `${step.by.username}: ${step.kind} ${JSON.stringify(payload)}`;
    expect(payload?.userErrors.length === 0, label).toBe(allowed);
  }
}
