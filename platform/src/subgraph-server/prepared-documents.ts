import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import { SecondChance } from '../cache/second-chance.ts';
import { type CompiledOperation, compileOperation } from './compiled/compile-operation.ts';
import type { Sharing } from './compiled/shared-selection.ts';
import { Uncovered } from './compiled/uncovered.ts';

/** One operation of a document, ready to be executed. */
export interface PreparedOperation {
  readonly document: DocumentNode;
  readonly kind: OperationTypeNode;
  /** Null for what graphql-js has to execute. */
  readonly compiled: CompiledOperation | null;
}

/** A document that is one of the schema's. */
export interface PreparedDocument {
  readonly document: DocumentNode;
  /** By the name of it, where there are several. Undefined when there is no such operation. */
  operation(name: string | null | undefined): PreparedOperation | undefined;
}

export interface RefusedDocument {
  readonly errors: readonly GraphQLError[];
}

const KEPT_DOCUMENTS = 1_000;
/** What is compiled takes many times the memory of its text. */
const KEPT_CHARACTERS = 4_000_000;
/** The room of a text among those characters, at least: so many fit in. */
const SMALLEST_ROOM = KEPT_CHARACTERS / KEPT_DOCUMENTS;

function refusal(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

export const noSuchOperation: RefusedDocument = {
  errors: [refusal('There is no such operation here.', 'BAD_REQUEST')],
};

function compiledOrNot(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
  sharing: Sharing | undefined,
): CompiledOperation | null {
  try {
    return compileOperation(schema, document, operationName, sharing);
  } catch (error) {
    if (error instanceof Uncovered) return null;
    throw error;
  }
}

function prepare(schema: GraphQLSchema, document: DocumentNode, sharing: Sharing | undefined): PreparedDocument {
  const operations = new Map<string | null, PreparedOperation>();
  return {
    document,
    operation(given) {
      const name = given ?? null;
      let operation = operations.get(name);
      if (operation === undefined) {
        const kind = getOperationAST(document, name)?.operation;
        if (kind === undefined) return undefined;
        operation = { document, kind, compiled: compiledOrNot(schema, document, name, sharing) };
        operations.set(name, operation);
      }
      return operation;
    },
  };
}

/** Parses, validates and prepares documents, each once: a gateway sends the same few again and again. */
export function preparedDocuments(
  schema: GraphQLSchema,
  sharing: Sharing | undefined,
): (query: string) => PreparedDocument | RefusedDocument {
  const documents = new SecondChance<string, PreparedDocument | RefusedDocument>(KEPT_CHARACTERS);

  function read(query: string): PreparedDocument | RefusedDocument {
    try {
      const document = parse(query, { noLocation: true });
      const errors = validate(schema, document);
      if (errors.length === 0) return prepare(schema, document, sharing);
      return { errors: errors.map(({ message }) => refusal(message, 'GRAPHQL_VALIDATION_FAILED')) };
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return { errors: [refusal(error.message, 'GRAPHQL_PARSE_FAILED')] };
    }
  }

  return (query) => {
    let prepared = documents.get(query);
    if (prepared === undefined) {
      prepared = read(query);
      documents.set(query, prepared, Math.max(query.length, SMALLEST_ROOM));
    }
    return prepared;
  };
}
