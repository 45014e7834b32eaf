export { createInProcessPubSub } from './in-process-pub-sub.ts';
export { createPostgresPubSub, type PostgresPubSubOptions } from './postgres-pub-sub.ts';
export type { PubSub } from './pub-sub.ts';
export { createRedisPubSub, type RedisPubSubOptions } from './redis-pub-sub.ts';
