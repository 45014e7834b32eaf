export { type Clock, every, type Ticking } from './clock.ts';
export {
  endingFlow,
  type Flow,
  flow,
  mapFlow,
  type Preparation,
  readFlow,
  type Taker,
  waitingTaker,
} from './flow.ts';
export { type Following, type FollowTailOptions, followTail } from './follow-tail.ts';
export { forEverybody } from './for-everybody.ts';
export { FINISHED, inTurns } from './in-turns.ts';
export {
  type Gap,
  type GapReason,
  isStreamPosition,
  type LiveStreams,
  type LiveStreamsOptions,
  liveStreams,
  type NumberRange,
  type Watch,
} from './live-streams.ts';
export { type ReaderTail, type ReaderTailOptions, readerTail } from './reader-tail.ts';
export { untilKnown } from './until-known.ts';
export { untilNoneWaits, type Woken, type WokenOptions, woken } from './woken.ts';
