import { operationFromDocument } from '@apollo/federation-internals';
import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';
import { type CompiledOperation, compileOperation } from './compiled/compiled-operation.ts';
import { typeConditions } from './compiled/type-conditions.ts';
import { UncoveredPlan, type UncoveredReason } from './compiled/uncovered.ts';
import { proofsOfExistence } from './proof-of-existence.ts';
import { reservedNames } from './reserved-names.ts';
import type { ResponseNames } from './response-names.ts';
import type { Supergraph } from './supergraph.ts';

/** What is known of an operation before it runs. */
export interface PlannedOperation {
  readonly plan: QueryPlan;
  /** The document that was planned: the client's, some of it under other names, and what proves that things exist. */
  readonly document: DocumentNode;
  readonly names: ResponseNames;
  readonly compiled: CompiledOperation | undefined;
  /** Why it is not compiled. */
  readonly uncovered: UncoveredReason | undefined;
}

/** The plan of a validated document's operation, made once and kept as long as the parsed document is. */
export type PlannedOperations = (document: DocumentNode, operationName: string | null | undefined) => PlannedOperation;

export function plannedOperations(supergraph: Supergraph): PlannedOperations {
  const { planner, apiSchema, schema, supergraphSchema, sdl } = supergraph;
  const kept = new WeakMap<DocumentNode, Map<string, PlannedOperation>>();
  const rename = reservedNames(sdl);
  const prove = proofsOfExistence(sdl, schema);
  const conditionOn = typeConditions(supergraphSchema);

  function planned(given: DocumentNode, operationName: string | null | undefined): PlannedOperation {
    const { document: renamed, clientNames } = rename(given);
    const { document, hidden } = prove(renamed);
    const names: ResponseNames = { hidden, clientNames };
    const operation = operationFromDocument(apiSchema, document, operationName ? { operationName } : {});
    const plan = planner.buildQueryPlan(operation);
    try {
      const compiled = compileOperation({ schema, conditionOn, document, operationName, plan, names });
      return { plan, document, names, compiled, uncovered: undefined };
    } catch (error) {
      if (!(error instanceof UncoveredPlan)) throw error;
      return { plan, document, names, compiled: undefined, uncovered: error.reason };
    }
  }

  return (document, operationName) => {
    let operations = kept.get(document);
    if (!operations) {
      operations = new Map();
      kept.set(document, operations);
    }
    const name = operationName ?? '';
    let operation = operations.get(name);
    if (!operation) {
      operation = planned(document, operationName);
      operations.set(name, operation);
    }
    return operation;
  };
}
