export * from './bulk-follows.ts';
export * from './events.ts';
export { migrations } from './migrations.ts';
export { createSocialGraph, type SocialGraphOptions } from './subgraph.ts';
