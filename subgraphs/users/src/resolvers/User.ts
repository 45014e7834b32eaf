import { snowflakeDate } from '@starling/platform/snowflake';
import type { UserResolvers } from '../generated/types.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.accountById.load(id),
  createdAt: ({ id }) => snowflakeDate(id),
  account: ({ id }, _arguments, context) => (context.isSelf(id) ? context.loaders.privateAccountById.load(id) : null),
};
