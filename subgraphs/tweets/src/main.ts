import { runSubgraph } from '@starling/platform/subgraph-process';
import { readTweetsEnvironment } from './environment.ts';
import { migrations } from './migrations.ts';
import { createTweets } from './subgraph.ts';

await runSubgraph({
  name: 'tweets',
  readEnvironment: readTweetsEnvironment,
  migrations,
  create: (parts) => createTweets(parts),
});
