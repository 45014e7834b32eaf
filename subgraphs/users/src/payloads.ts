import type { Outcome, UserError } from '@starling/platform/graphql';
import type { PublicAccount } from './account-store.ts';
import type { Context } from './context.ts';
import type { LoggedIn } from './register.ts';
import type { SessionTokens } from './start-session.ts';

/** For what answers nothing but user errors. */
export function plainPayload(context: Context, outcome: Outcome<undefined>): { userErrors: UserError[] } {
  if (!outcome.ok) return { userErrors: [...outcome.userErrors] };
  context.wrote();
  return { userErrors: [] };
}

/** The changed account as it is after the command; null when that refused. */
export async function userPayload(
  context: Context,
  outcome: Outcome<string>,
): Promise<{ user: PublicAccount | null; userErrors: UserError[] }> {
  if (!outcome.ok) return { user: null, userErrors: [...outcome.userErrors] };
  context.wrote();
  return { user: await context.loaders.accountById.load(outcome.value), userErrors: [] };
}

/** Who has logged in, private part included, and the tokens; nulls when the command refused. */
export async function logInPayload(
  context: Context,
  outcome: Outcome<LoggedIn>,
): Promise<{ user: PublicAccount | null; tokens: SessionTokens | null; userErrors: UserError[] }> {
  if (!outcome.ok) return { user: null, tokens: null, userErrors: [...outcome.userErrors] };
  const { userId, tokens } = outcome.value;
  context.wrote();
  context.provedToBe(userId);
  return { user: await context.loaders.accountById.load(userId), tokens, userErrors: [] };
}
