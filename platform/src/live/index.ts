export { untilKnown } from './until-known.ts';
export { type UpdateQueue, type UpdateQueueOptions, updateQueue } from './update-queue.ts';
