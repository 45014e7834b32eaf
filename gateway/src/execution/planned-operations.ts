import { operationFromDocument } from '@apollo/federation-internals';
import type { QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, GraphQLError, getOperationAST, separateOperations } from 'graphql';
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
  /**
   * The document that was planned: the client's without its other operations, some of it under other names, and what proves that
   * things exist.
   */
  readonly document: DocumentNode;
  readonly names: ResponseNames;
  readonly compiled: CompiledOperation | undefined;
  /** Why it is not compiled. */
  readonly uncovered: UncoveredReason | undefined;
}

/** By operation name. A document has few. */
type Operations = Map<string, PlannedOperation | GraphQLError>;

const KEPT_TEXTS = 1_000;
/** A plan takes many times the memory of its text. */
const KEPT_CHARACTERS = 4_000_000;

export interface PlannedOperations {
  /**
   * The plan of a validated document's operation, made once: for everybody who sends the same text, also at once, and for
   * a document without a text, or one that is kept, as long as the document itself is there. Throws an error for the
   * client, each time the same, when there are too many ways to plan it.
   */
  plan(document: DocumentNode, operationName: string | null | undefined): PlannedOperation;
  /** Texts of which something is known. */
  size(): number;
}

export interface PlannedOperationsOptions {
  readonly keptTexts?: number;
  /** Documents whose plans no others push out. */
  readonly keptDocuments?: readonly DocumentNode[];
}

/** The planner's own limits, `supergraph.ts` sets two of them, are errors without a class. */
const PLANNER_LIMITS = /^(Too many options generated|Number of non-local selections exceeds limit)/;

function refusalOf(error: unknown): GraphQLError | undefined {
  if (!(error instanceof Error) || !PLANNER_LIMITS.test(error.message)) return undefined;
  const message = 'There are too many ways to answer this document: ask for less at once.';
  return new GraphQLError(message, { extensions: { code: 'COST_LIMIT_EXCEEDED' } });
}

/**
 * An operation with the fragments that it uses. Other operations of the document may have variables of the same names and other
 * types, and use their own in fragments of theirs.
 */
function alone(document: DocumentNode, operationName: string | null | undefined): DocumentNode {
  const name = getOperationAST(document, operationName)?.name?.value ?? '';
  return separateOperations(document)[name] ?? document;
}

export function plannedOperations(
  supergraph: Supergraph,
  { keptTexts = KEPT_TEXTS, keptDocuments = [] }: PlannedOperationsOptions = {},
): PlannedOperations {
  const { planner, apiSchema, schema, supergraphSchema, sdl } = supergraph;
  const byText = new LRUCache<string, Operations>({
    max: keptTexts,
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (_operations, text) => text.length + 1,
  });
  const byDocument = new WeakMap<DocumentNode, Operations>();
  const kept = new WeakSet(keptDocuments);
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
    const { document: renamed, clientNames } = rename(alone(given, operationName));
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

  function plannedOrRefused(document: DocumentNode, operationName: string | null | undefined) {
    try {
      return planned(document, operationName);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal) return refusal;
      throw error;
    }
  }

  return {
    plan(document, operationName) {
      const text = kept.has(document) ? undefined : document.loc?.source.body;
      const operations = text === undefined ? ofDocument(document) : ofText(text);
      // Naming the only one, or leaving its name out, is the same.
      const name = getOperationAST(document, operationName)?.name?.value ?? '';
      let operation = operations.get(name);
      if (!operation) {
        operation = plannedOrRefused(document, operationName);
        operations.set(name, operation);
      }
      if (operation instanceof GraphQLError) throw operation;
      return operation;
    },
    size: () => byText.size,
  };
}
