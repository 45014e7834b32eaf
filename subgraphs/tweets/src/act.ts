import { type Outcome, parseId, requireViewer, type UserError } from '@starling/platform/graphql';
import type { Act, CommandParts } from './commands.ts';
import type { Context } from './context.ts';
import type { Tweet } from './tweet-store.ts';
import { visibleTweet } from './visibility/look-up.ts';

type Command = (parts: CommandParts, act: Act) => Promise<Outcome<string>>;

interface TweetPayload {
  readonly tweet: Tweet | null;
  readonly userErrors: UserError[];
}

/** A payload with the tweet as the command left it. */
export async function tweetPayload(context: Context, outcome: Outcome<string>): Promise<TweetPayload> {
  if (!outcome.ok) return { tweet: null, userErrors: [...outcome.userErrors] };
  context.wrote();
  return { tweet: await visibleTweet(context.loaders, outcome.value), userErrors: [] };
}

/** What mutations on one tweet have in common: who is logged in does something with what `input.tweetId` names. */
export async function act(context: Context, input: { readonly tweetId: string }, command: Command) {
  const { userId: viewerId } = requireViewer(context);
  const tweetId = parseId('input.tweetId', input.tweetId);
  return tweetPayload(context, await command(context.commands, { viewerId, tweetId }));
}

/** The same for what changes the viewer's profile: the payload has the viewer. */
export async function actOnProfile(context: Context, input: { readonly tweetId: string }, command: Command) {
  const { userId: viewerId } = requireViewer(context);
  const tweetId = parseId('input.tweetId', input.tweetId);
  const outcome = await command(context.commands, { viewerId, tweetId });
  if (!outcome.ok) return { user: null, userErrors: [...outcome.userErrors] };
  context.wrote();
  return { user: { id: viewerId }, userErrors: [] };
}
