import { NotRunningError } from '../postgres/outage.ts';
import type { RunningConsumer } from './event-log.ts';

/** Stands in a consumer's place until it runs, and refuses whoever asks it before: without it, a read would not be fresh. */
export interface ConsumerToBe extends RunningConsumer {
  start(consuming: Promise<RunningConsumer>): Promise<void>;
}

/** `whose` it is stands in the refusal. */
export function consumerToBe(whose: string): ConsumerToBe {
  let running: RunningConsumer | undefined;
  return {
    caughtUp: (moment) =>
      running ? running.caughtUp(moment) : Promise.reject(new NotRunningError(`${whose} has not been started.`)),
    isCaughtUp: (moment) => running?.isCaughtUp(moment) === true,
    async start(consuming) {
      running = await consuming;
    },
    async stop() {
      await running?.stop();
    },
  };
}
