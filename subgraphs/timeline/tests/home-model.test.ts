import { inProcessTimelineCache } from '@starling/timeline';
import { HOMES, homeModel, type ProcessCaches, RECENTS } from './home-model.contract.ts';
import { heldCache } from './support/held-cache.ts';

const open = (): ProcessCaches => ({
  homes: heldCache(inProcessTimelineCache(HOMES)),
  recents: {
    local: heldCache(inProcessTimelineCache({ capacity: RECENTS.capacity, maxViewers: RECENTS.maxLocal })),
  },
});

homeModel('homes, cached in two processes', async () => ({ processes: [open(), open()], async stop() {} }), 20);
