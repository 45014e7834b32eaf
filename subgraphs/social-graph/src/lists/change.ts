import { type Outcome, requireViewer, type UserError } from '@starling/platform/graphql';
import type { CommandParts } from '../commands.ts';
import type { Context } from '../context.ts';
import type { AccountList } from './account-list-store.ts';

interface ListPayload {
  readonly list: AccountList | null;
  readonly userErrors: UserError[];
}

/** What the mutations of lists have in common: who is logged in does something, and gets the list as it is then. */
export async function change<Input extends object>(
  context: Context,
  input: Input,
  command: (parts: CommandParts, input: Input & { readonly viewerId: string }) => Promise<Outcome<string>>,
): Promise<ListPayload> {
  const { userId: viewerId } = requireViewer(context);
  const outcome = await command(context.commands, { ...input, viewerId });
  if (!outcome.ok) return { list: null, userErrors: [...outcome.userErrors] };
  context.wrote();
  return { list: await context.loaders.listById.load(outcome.value), userErrors: [] };
}
