import { inProcessTimelineCache } from '@starling/timeline';
import { describe } from 'vitest';
import { authorRecentsContract } from './author-recents.contract.ts';

describe('recents of pulled authors, in process', () => {
  authorRecentsContract(async () => ({
    isShared: false,
    open: async () => ({ local: inProcessTimelineCache() }),
    async stop() {},
  }));
});
