import { parseId, requireViewer } from '@starling/platform/graphql';
import type { Context } from '../context.ts';

/** Who is signed out is told that before anything about the input. */
export function listIdOf(context: Context, input: { readonly listId: string }): string {
  requireViewer(context);
  return parseId('input.listId', input.listId);
}
