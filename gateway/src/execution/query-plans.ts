import { operationFromDocument } from '@apollo/federation-internals';
import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';
import type { Supergraph } from './supergraph.ts';

/** The plan of a validated document's operation, made once and kept as long as the parsed document is. */
export type QueryPlans = (document: DocumentNode, operationName: string | null | undefined) => QueryPlan;

export function queryPlans({ planner, apiSchema }: Supergraph): QueryPlans {
  const kept = new WeakMap<DocumentNode, Map<string, QueryPlan>>();
  return (document, operationName) => {
    let plans = kept.get(document);
    if (!plans) {
      plans = new Map();
      kept.set(document, plans);
    }
    const name = operationName ?? '';
    let plan = plans.get(name);
    if (!plan) {
      const operation = operationFromDocument(apiSchema, document, operationName ? { operationName } : {});
      plan = planner.buildQueryPlan(operation);
      plans.set(name, plan);
    }
    return plan;
  };
}
