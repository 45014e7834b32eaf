export * from './identity.ts';
export * from './identity-token.ts';
