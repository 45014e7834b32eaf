import type { Consumer, RunningConsumer } from './event-log.ts';

/**
 * Which consumers a process drives by itself, as it hears of events (docs/adr/0025):
 * `all` (default): those that it has.
 * `memory`: those that keep what this process itself remembers and shows. Others drive the stored ones; here they handle
 *   what is outstanding when somebody asks whether they have caught up. Nothing is relayed or pruned.
 * `stored`: what is to be done once for everybody. Nobody is served here, and so nothing is remembered: those with an offset
 *   in memory do not run.
 */
export type Attention = 'all' | 'memory' | 'stored';

const offsetOf = ({ offset = 'stored' }: Consumer) => offset;

/** Whether a consumer goes on by itself in this process. */
export const isDriven = (attention: Attention, consumer: Consumer): boolean =>
  attention === 'all' || attention === offsetOf(consumer);

/** Whether a consumer runs in this process at all, driven or only asked. */
export const runsHere = (attention: Attention, consumer: Consumer): boolean =>
  attention !== 'stored' || offsetOf(consumer) === 'stored';

/** Stands for a consumer that does not run here, and refuses whoever asks it: what they read would be stale. */
export function consumerElsewhere({ group }: Consumer): RunningConsumer {
  return {
    async caughtUp() {
      throw new Error(`The consumer ${group} belongs to processes that serve, and this one serves nobody.`);
    },
    isCaughtUp: () => false,
    async stop() {},
  };
}
