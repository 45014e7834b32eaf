import { requireViewer } from '@starling/platform/graphql';
import { requestEmailConfirmation as command } from '../../email-confirmation/request-email-confirmation.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { userPayload } from '../../payloads.ts';

export const requestEmailConfirmation: NonNullable<MutationResolvers['requestEmailConfirmation']> = async (
  _parent,
  _input,
  context,
) => userPayload(context, await command(context.parts, requireViewer(context).userId));
