import {
  type Connection,
  type ConnectionArguments,
  cutPage,
  readPage,
  toConnection,
} from '@starling/platform/pagination';
import { isSnowflake } from '@starling/platform/snowflake';
import type { Context } from './context.ts';

const isPosition = ([score = '', userId = '', ...more]: string[]) =>
  more.length === 0 && /^(0|[1-9]\d{0,17})$/.test(score) && isSnowflake(userId);

/** One page of whom the viewer may want to follow, ranked as things stand now. */
export async function suggestedUsers(
  { loaders }: Context,
  viewerId: string,
  args: Pick<ConnectionArguments, 'first' | 'after'>,
): Promise<Connection<{ id: string }>> {
  const list = `suggestedUsers:${viewerId}`;
  const request = readPage(list, args, isPosition);
  const [score, userId] = request.after ?? [];
  const after = score === undefined || userId === undefined ? undefined : { score, userId };
  const found = await loaders.suggestions(after, request.limit + 1);
  return toConnection(
    list,
    cutPage(request, found),
    (suggestion) => [suggestion.score, suggestion.userId],
    (suggestion) => ({ node: { id: suggestion.userId } }),
  );
}
