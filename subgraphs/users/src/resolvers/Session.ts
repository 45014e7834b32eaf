import { snowflakeDate } from '@starling/platform/snowflake';
import type { SessionResolvers } from '../generated/types.ts';

export const Session: SessionResolvers = {
  createdAt: ({ id }) => snowflakeDate(id),
  isCurrent: ({ id }, _arguments, { viewer }) => id === viewer?.sessionId,
};
