import { inProcessTimelineCache } from '@starling/timeline';
import { timelineCacheContract } from './timeline-cache.contract.ts';

timelineCacheContract(async (size) => {
  let now = 1;
  return {
    cache: inProcessTimelineCache({ ...size, now: () => now }),
    async pass(ms) {
      now += ms;
    },
    async stop() {},
  };
});
