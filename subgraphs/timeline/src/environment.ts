import { followerLimit, readEnvironment } from '@starling/platform/environment';
import { subgraphEnvironment } from '@starling/platform/subgraph-process';
import { DEFAULT_PUSH_FOLLOWER_LIMIT } from './copies/pull-marks.ts';

/** What this subgraph, in a process of its own, is told by its environment. */
export function readTimelineEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env) {
  const shape = { ...subgraphEnvironment, PUSH_FOLLOWER_LIMIT: followerLimit.default(DEFAULT_PUSH_FOLLOWER_LIMIT) };
  return readEnvironment(shape, variables);
}
