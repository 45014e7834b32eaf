import { type Outcome, parseId, requireViewer, type UserError } from '@starling/platform/graphql';
import type { Act, CommandParts } from './commands.ts';
import type { Context } from './context.ts';

interface UserPayload {
  readonly user: { readonly id: string } | null;
  readonly userErrors: UserError[];
}

/** What the mutations have in common: who is logged in does something to the account that `input.userId` names. */
export async function act<Input extends { readonly userId: string }>(
  context: Context,
  input: Input,
  command: (parts: CommandParts, act: Input & Act) => Promise<Outcome<string>>,
): Promise<UserPayload> {
  const { userId: viewerId } = requireViewer(context);
  const userId = parseId('input.userId', input.userId);
  const outcome = await command(context.commands, { ...input, viewerId, userId });
  if (!outcome.ok) return { user: null, userErrors: [...outcome.userErrors] };
  context.wrote();
  return { user: { id: outcome.value }, userErrors: [] };
}
