import { runSubgraph } from '@starling/platform/subgraph-process';
import { abuseRulesOf } from './abuse/configuration.ts';
import { readTweetsEnvironment } from './environment.ts';
import { migrations } from './migrations.ts';
import { createTweets } from './subgraph.ts';

await runSubgraph({
  name: 'tweets',
  readEnvironment: readTweetsEnvironment,
  migrations,
  create: (parts, environment) => createTweets(parts, { abuseRules: abuseRulesOf(environment) }),
});
