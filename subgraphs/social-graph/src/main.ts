import { runSubgraph } from '@starling/platform/subgraph-process';
import { readSocialGraphEnvironment } from './environment.ts';
import { migrations } from './migrations.ts';
import { createSocialGraph } from './subgraph.ts';

await runSubgraph({
  name: 'social-graph',
  readEnvironment: readSocialGraphEnvironment,
  migrations,
  create: (parts) => createSocialGraph(parts),
});
