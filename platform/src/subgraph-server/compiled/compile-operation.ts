import {
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { completionOf } from './completion.ts';
import { conditionVariables, inclusion } from './conditions.ts';
import { executeEntities } from './entities.ts';
import {
  executeProperty,
  executeResolved,
  executeSelection,
  executeTypename,
  type Field,
  type Selection,
  type SelectionOf,
} from './fields.ts';
import { frameAt } from './frames.ts';
import { plainObjects } from './plain-objects.ts';
import { begin, done, type Run } from './run.ts';
import { fieldsOf, type Source } from './selections.ts';
import type { Sharing } from './shared-selection.ts';
import { Uncovered } from './uncovered.ts';
import { variablesOf } from './variables.ts';

/** What an operation is executed with. */
export interface Given {
  readonly rootValue?: unknown;
  readonly contextValue: unknown;
  readonly variableValues: Readonly<Record<string, unknown>>;
}

/** An operation of which closures were made, once: as graphql-js would execute it, with less to do for each value. */
export interface CompiledOperation {
  readonly schema: GraphQLSchema;
  readonly node: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  /** Answers at once when nothing has to be waited for. Never throws and never rejects. */
  execute(given: Given): ExecutionResult | Promise<ExecutionResult>;
}

/** What is selected differs by what `@include` and `@skip` are given; few of the possible selections are ever wanted. */
const KEPT_SELECTIONS = 16;

const NO_TYPENAME = { name: '__typename', args: [] } as unknown as Field['definition'];

/** An operation's fields for one set of conditions, and how many of them there are so far. */
function compileFields(source: Source) {
  let count = 0;

  function compileField(parentType: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): Field {
    const name = nodes[0]?.name.value ?? '';
    const selectionSets = nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
    const selectionOf = selectionsOf(selectionSets);
    const common = { key, nodes, parentType, selectionOf, at: count++ };
    const nothing = { nonNull: true, atOnce: undefined, complete: () => {} };
    if (name === '__typename') return executeTypename({ ...common, definition: NO_TYPENAME, completion: nothing });
    const definition = parentType.getFields()[name];
    if (!definition || key === '__proto__') throw new Uncovered(name);
    const field = { ...common, definition, completion: completionOf(definition.type, selectionOf) };
    const { resolve } = definition;
    if (!resolve) return executeProperty(field);
    return name === '_entities' && parentType === source.schema.getQueryType()
      ? executeEntities(field, selectionOf, resolve)
      : executeResolved(field, resolve);
  }

  function selectionsOf(selectionSets: readonly SelectionSetNode[]): SelectionOf {
    const byType = new Map<GraphQLObjectType, Selection>();
    return (type) => {
      let selection = byType.get(type);
      if (!selection) {
        const fields = [...fieldsOf(source, type, selectionSets)].map(([key, nodes]) => compileField(type, key, nodes));
        const shared = source.sharing?.of(type, fields);
        selection = { fields, shared, plain: shared ? undefined : plainObjects(fields) };
        byType.set(type, selection);
      }
      return selection;
    };
  }
  return selectionsOf;
}

/** Introspection, and a name that sets more than a property, are graphql-js's. */
function requireCovered(document: DocumentNode): void {
  const text = JSON.stringify(document, (name, value) => (name === 'loc' ? undefined : value));
  if (/"value":"(?:__schema|__type|__proto__)"/.test(text)) throw new Uncovered('A name that is not compiled.');
}

function failed(error: unknown): ExecutionResult {
  const shown =
    error instanceof GraphQLError ? error : new GraphQLError(String(error), { originalError: error as Error });
  return { errors: [shown], data: null };
}

/** Throws `Uncovered` when something in the operation is graphql-js's to execute. */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  sharing?: Sharing,
): CompiledOperation {
  const node = getOperationAST(document, operationName);
  const rootType = node && schema.getRootType(node.operation);
  if (!node || !rootType) throw new Uncovered('There is no such operation.');
  requireCovered(document);
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  const coerce = variablesOf(schema, node);
  const deciding = conditionVariables(document);
  const roots = new LRUCache<string, () => Selection>({ max: KEPT_SELECTIONS });
  let always: (() => Selection) | undefined;

  function compileRoot(variables: Run['variables']): () => Selection {
    const conditions = Object.fromEntries(
      deciding.filter((name) => Object.hasOwn(variables, name)).map((name) => [name, variables[name]]),
    );
    const selectionsOf = compileFields({ schema, fragments, sharing, isIncluded: inclusion(conditions) });
    const selectionOf = selectionsOf([(node as OperationDefinitionNode).selectionSet]);
    return () => selectionOf(rootType as GraphQLObjectType);
  }

  function rootFor(variables: Run['variables']): () => Selection {
    if (deciding.length === 0) {
      always ??= compileRoot(variables);
      return always;
    }
    const key = deciding.map((name) => String(variables[name])).join();
    let root = roots.get(key);
    if (!root) {
      root = compileRoot(variables);
      roots.set(key, root);
    }
    return root;
  }

  /** One field after the other, each with everything below it. */
  async function inTurn(run: Run, { fields }: Selection, answer: ReturnType<typeof frameAt>): Promise<void> {
    for (const field of fields) {
      if (answer.dead) return;
      await new Promise<void>((resolve) => {
        run.finish = resolve;
        begin(run);
        field.execute(run, run.rootValue, answer);
        done(run);
      });
    }
  }

  function execute({ rootValue, contextValue, variableValues }: Given): ExecutionResult | Promise<ExecutionResult> {
    const given = coerce(variableValues);
    if ('errors' in given) return { errors: given.errors };
    const run: Run = {
      operation,
      context: contextValue,
      rootValue,
      variables: given.coerced,
      errors: [],
      args: [],
      pending: 0,
      finish: () => {},
    };
    const data: Record<string, unknown> = {};
    const answer = frameAt(undefined, '', true, data);
    const result = (): ExecutionResult => {
      const shown = answer.dead ? null : data;
      return run.errors.length === 0 ? { data: shown } : { errors: run.errors, data: shown };
    };
    try {
      const selection = rootFor(run.variables)();
      if (operation.node.operation === OperationTypeNode.MUTATION) return inTurn(run, selection, answer).then(result);
      begin(run);
      executeSelection(run, selection.fields, rootValue, answer);
      if (--run.pending === 0) return result();
      return new Promise((resolve) => {
        run.finish = () => resolve(result());
      });
    } catch (error) {
      return failed(error);
    }
  }

  const operation: CompiledOperation = { schema, node, fragments, execute };
  return operation;
}
