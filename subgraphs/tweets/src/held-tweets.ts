import { forbidden, type Outcome, parseId, requireViewer } from '@starling/platform/graphql';
import {
  type Connection,
  type ConnectionArguments,
  cutPage,
  readPage,
  toConnection,
} from '@starling/platform/pagination';
import type { Queryable } from '@starling/platform/postgres';
import { measureNumber, type Registry } from '@starling/platform/telemetry';
import type { CommandParts } from './commands.ts';
import type { Context } from './context.ts';
import { isModerator } from './delete-tweet.ts';
import { countHeldTweets, type HeldTweet, listHeldTweets } from './held-tweet-store.ts';
import type { Decision } from './release-held-tweet.ts';

/** Who is logged in, when that is a moderator: else `UNAUTHENTICATED` or `FORBIDDEN`. */
function requireModerator(context: Context): string {
  const viewer = requireViewer(context);
  if (!isModerator(viewer)) throw forbidden('This is for moderators.');
  return viewer.userId;
}

const LIST = 'heldTweets';

export async function heldTweetConnection(context: Context, args: ConnectionArguments): Promise<Connection<HeldTweet>> {
  requireModerator(context);
  const request = readPage(LIST, args);
  const page = cutPage(request, await listHeldTweets(context.commands.database, request));
  return toConnection(
    LIST,
    page,
    ({ id }) => [id],
    (node) => ({ node }),
  );
}

/** A moderator decides about what `input.heldTweetId` names; answers what the payloads have in common, and the tweet. */
export async function decideHeld(
  context: Context,
  input: { readonly heldTweetId: string },
  command: (parts: CommandParts, decision: Decision) => Promise<Outcome<string | null>>,
) {
  const moderatorId = requireModerator(context);
  const heldTweetId = parseId('input.heldTweetId', input.heldTweetId);
  const outcome = await command(context.commands, { moderatorId, heldTweetId });
  if (!outcome.ok) return { heldTweetId: null, tweetId: null, userErrors: [...outcome.userErrors] };
  context.wrote();
  return { heldTweetId, tweetId: outcome.value, userErrors: [] };
}

/** Registers how many wait. */
export function measureHeldTweets(registry: Registry, database: Queryable): void {
  measureNumber(registry, {
    name: 'starling_held_tweets',
    help: 'Tweets that wait for a moderator, whichever process held them.',
    read: () => countHeldTweets(database),
  });
}
