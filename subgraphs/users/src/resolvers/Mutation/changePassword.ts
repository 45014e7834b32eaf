import { requireViewer } from '@starling/platform/graphql';
import { changePassword as setPassword } from '../../change-password.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { plainPayload } from '../../payloads.ts';

export const changePassword: NonNullable<MutationResolvers['changePassword']> = async (_parent, { input }, context) =>
  plainPayload(context, await setPassword(context.parts, requireViewer(context), input));
