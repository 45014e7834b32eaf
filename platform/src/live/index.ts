export { type Clock, every, type Ticking } from './clock.ts';
export { type Following, type FollowTailOptions, followTail } from './follow-tail.ts';
export { untilKnown } from './until-known.ts';
export { type UpdateQueue, type UpdateQueueOptions, updateQueue } from './update-queue.ts';
export { type Woken, type WokenOptions, woken } from './woken.ts';
