import { digestPeriod, pushAddresses, pushContact, readEnvironment } from '@starling/platform/environment';
import { subgraphEnvironment } from '@starling/platform/subgraph-process';

/** What this subgraph, in a process of its own, is told by its environment. */
export function readNotificationsEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env) {
  const shape = {
    ...subgraphEnvironment,
    PUSH_CONTACT: pushContact.optional(),
    DIGEST_PERIOD_HOURS: digestPeriod.default(24),
    PUSH_ADDRESSES: pushAddresses.default('public'),
  };
  return readEnvironment(shape, variables);
}
