import type { SubgraphRequest } from '@starling/platform/subgraph-server';
import { isDictionary } from '../compiled/run.ts';
import type { ToldOperations } from './told-operations.ts';

/**
 * What a request asks about entities, whichever they are, if it may be asked for nobody in particular: the same for all who ask the
 * same. Such a text has one operation only. Undefined for everything else, and while the subgraph has not said that it may.
 */
export function questionForAll(
  { query, variables }: SubgraphRequest,
  operations: ToldOperations,
): string | number | undefined {
  const types = operations.typesForAll(query);
  if (!types) return undefined;
  const representations = variables?.representations;
  const isForAll = (entity: unknown) => isDictionary(entity) && types.has(entity.__typename as string);
  if (!Array.isArray(representations) || !representations.every(isForAll)) return undefined;
  const number = operations.numberOf(query);
  const isAll = Object.keys(variables ?? {}).length === 1;
  return isAll ? number : `${number} ${JSON.stringify({ ...variables, representations: null })}`;
}
