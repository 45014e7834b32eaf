export { createInProcessPubSub } from './in-process-pub-sub.ts';
export type { PubSub } from './pub-sub.ts';
