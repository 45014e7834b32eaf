export type { PubSub } from './pub-sub.ts';
