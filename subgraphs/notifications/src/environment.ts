import { readEnvironment } from '@starling/platform/environment';
import { type SubgraphEnvironment, subgraphEnvironment } from '@starling/platform/subgraph-process';

/** What this subgraph, in a process of its own, is told by its environment. */
export function readNotificationsEnvironment(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): SubgraphEnvironment {
  return readEnvironment(subgraphEnvironment, variables);
}
