import { readEnvironment } from '@starling/platform/environment';
import { subgraphEnvironment } from '@starling/platform/subgraph-process';
import { abuseEnvironment } from './abuse/configuration.ts';

/** What this subgraph, in a process of its own, is told by its environment. */
export function readTweetsEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env) {
  return readEnvironment({ ...subgraphEnvironment, ...abuseEnvironment }, variables);
}
