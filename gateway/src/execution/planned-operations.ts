import { operationFromDocument } from '@apollo/federation-internals';
import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type CompiledOperation, compileOperation } from './compiled/compiled-operation.ts';
import { typesOfSubgraphs } from './compiled/type-conditions.ts';
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

/** By operation name. A document has few. */
type Operations = Map<string, PlannedOperation>;

const KEPT_TEXTS = 1_000;
/** A plan takes many times the memory of its text. */
const KEPT_CHARACTERS = 4_000_000;

/**
 * The plan of a validated document's operation, made once: for everybody who sends the same text, also at once, and for
 * a document without a text as long as the document itself is kept.
 */
export type PlannedOperations = (document: DocumentNode, operationName: string | null | undefined) => PlannedOperation;

export function plannedOperations(supergraph: Supergraph, keptTexts = KEPT_TEXTS): PlannedOperations {
  const { planner, apiSchema, schema, supergraphSchema, sdl } = supergraph;
  const byText = new LRUCache<string, Operations>({
    max: keptTexts,
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (_operations, text) => text.length + 1,
  });
  const byDocument = new WeakMap<DocumentNode, Operations>();
  const rename = reservedNames(sdl);
  const prove = proofsOfExistence(sdl, schema);
  const types = typesOfSubgraphs(supergraphSchema);

  function ofDocument(document: DocumentNode): Operations {
    const operations = byDocument.get(document) ?? new Map();
    byDocument.set(document, operations);
    return operations;
  }

  function ofText(text: string): Operations {
    const operations = byText.get(text) ?? new Map();
    byText.set(text, operations);
    return operations;
  }

  function planned(given: DocumentNode, operationName: string | null | undefined): PlannedOperation {
    const { document: renamed, clientNames } = rename(given);
    const { document, hidden } = prove(renamed);
    const names: ResponseNames = { hidden, clientNames };
    const operation = operationFromDocument(apiSchema, document, operationName ? { operationName } : {});
    const plan = planner.buildQueryPlan(operation);
    try {
      const compiled = compileOperation({ schema, types, document, operationName, plan, names });
      return { plan, document, names, compiled, uncovered: undefined };
    } catch (error) {
      if (!(error instanceof UncoveredPlan)) throw error;
      return { plan, document, names, compiled: undefined, uncovered: error.reason };
    }
  }

  return (document, operationName) => {
    const text = document.loc?.source.body;
    const operations = text === undefined ? ofDocument(document) : ofText(text);
    const name = operationName ?? '';
    let operation = operations.get(name);
    if (!operation) {
      operation = planned(document, operationName);
      operations.set(name, operation);
    }
    return operation;
  };
}
