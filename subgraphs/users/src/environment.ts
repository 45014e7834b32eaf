import { resolve } from 'node:path';
import { mailEnvironment, readEnvironment } from '@starling/platform/environment';
import { subgraphEnvironment } from '@starling/platform/subgraph-process';

/** What this subgraph, in a process of its own, is told by its environment. */
export function readUsersEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env) {
  const { MAIL_DIR = resolve('.starling/mail'), ...environment } = readEnvironment(
    { ...subgraphEnvironment, ...mailEnvironment },
    variables,
  );
  return { ...environment, MAIL_DIR };
}
