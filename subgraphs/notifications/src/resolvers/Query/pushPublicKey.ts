import type { QueryResolvers } from './../../generated/types.ts';

export const pushPublicKey: NonNullable<QueryResolvers['pushPublicKey']> = (_parent, _args, { push }) =>
  push.publicKey();
