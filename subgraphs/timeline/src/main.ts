import { runSubgraph } from '@starling/platform/subgraph-process';
import { readTimelineEnvironment } from './environment.ts';
import { migrations } from './migrations.ts';
import { createTimeline } from './subgraph.ts';

await runSubgraph({
  name: 'timeline',
  readEnvironment: readTimelineEnvironment,
  migrations,
  create: (parts, { PUSH_FOLLOWER_LIMIT }) => createTimeline(parts, { pushFollowerLimit: PUSH_FOLLOWER_LIMIT }),
});
