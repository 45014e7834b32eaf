import type { FetchNode } from '@apollo/query-planner';
import type { SubgraphRequest } from '@starling/platform/subgraph-server';
import {
  type ASTNode,
  type FieldNode,
  type FormattedExecutionResult,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isAbstractType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql';

/** Why a stream has to be asked for again, as `gapReason` says it to the subgraph. */
export type LossReason = 'SLOW_CLIENT' | 'BROKER_RESTARTED';

/** Where a stream goes on: beyond a cursor, or from now on. */
export interface Place {
  readonly after: string | null;
  /** Set when something was lost on the way: a stream that cannot go on after `after` says so with this reason. */
  readonly gapReason?: LossReason;
}

/** A subscription that can be asked for again from where it was lost. */
export interface ResumableFetch {
  /** Where the client wants it to begin. */
  readonly start: Place;
  requestAt(place: Place): SubgraphRequest;
  /** An event without the cursor that was asked for, and the cursor. The same object, which is left as it is, answers the same. */
  takeCursor(event: FormattedExecutionResult): Taken;
}

/** An event as the client's selection has it, and its place in the stream. */
export interface Taken {
  readonly event: FormattedExecutionResult;
  readonly cursor: string | undefined;
}

/** The same for all who subscribe to it. */
type Prepared = Pick<ResumableFetch, 'takeCursor'> & {
  readonly query: string;
  startOf(variables: Readonly<Record<string, unknown>>): Place;
};

/** Names that no plan makes. */
const AFTER = 'starlingAfter';
const GAP_REASON = 'starlingGapReason';
const CURSOR = 'starlingCursor';

const name = (value: string) => ({ kind: Kind.NAME, value }) as const;
const variable = (value: string) => ({ kind: Kind.VARIABLE, name: name(value) }) as const;

function definition(variableName: string, typeName: string): VariableDefinitionNode {
  const type = { kind: Kind.NAMED_TYPE, name: name(typeName) } as const;
  return { kind: Kind.VARIABLE_DEFINITION, variable: variable(variableName), type };
}

function argument(argumentName: string, variableName: string) {
  return { kind: Kind.ARGUMENT, name: name(argumentName), value: variable(variableName) } as const;
}

function cursorOf(type: GraphQLObjectType): SelectionNode {
  const field: FieldNode = { kind: Kind.FIELD, alias: name(CURSOR), name: name('cursor') };
  const typeCondition = { kind: Kind.NAMED_TYPE, name: name(type.name) } as const;
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition,
    selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
  };
}

function variablesIn(nodes: readonly ASTNode[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodes) visit(node, { Variable: (each) => void names.add(each.name.value) });
  return names;
}

function prepare(schema: GraphQLSchema, primary: FetchNode): Prepared | undefined {
  const document = parse(primary.operation);
  const operation = getOperationAST(document);
  const [root] = operation?.selectionSet.selections ?? [];
  if (!operation || root?.kind !== Kind.FIELD) return undefined;
  const field = schema.getSubscriptionType()?.getFields()[root.name.value];
  const given = new Set(field?.args.map((each) => each.name));
  const type = field && getNamedType(field.type);
  const types = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
  const isResumable =
    given.has('after') && given.has('gapReason') && types.every((each) => each.getFields().cursor !== undefined);
  if (!field || types.length === 0 || !isResumable) return undefined;
  const reasonType = field.args.find((each) => each.name === 'gapReason')?.type;

  const resumed: FieldNode = {
    ...root,
    arguments: [
      ...(root.arguments ?? []).filter((each) => each.name.value !== 'after'),
      argument('after', AFTER),
      argument('gapReason', GAP_REASON),
    ],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [...(root.selectionSet?.selections ?? []), ...types.map(cursorOf)],
    },
  };
  const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  const used = variablesIn([resumed, ...fragments]);
  const resumedOperation: OperationDefinitionNode = {
    ...operation,
    variableDefinitions: [
      // The variable that held the client's own `after` may be of no use any more, which validation would refuse.
      ...(operation.variableDefinitions ?? []).filter((each) => used.has(each.variable.name.value)),
      definition(AFTER, 'String'),
      definition(GAP_REASON, String(reasonType)),
    ],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [resumed] },
  };
  const query = print({ kind: Kind.DOCUMENT, definitions: [resumedOperation, ...fragments] });
  const key = root.alias?.value ?? root.name.value;
  const taken = new WeakMap<FormattedExecutionResult, Taken>();

  return {
    query,
    startOf(variables) {
      const { coerced = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
      const { after } = getArgumentValues(field, root, coerced);
      return { after: typeof after === 'string' ? after : null };
    },
    takeCursor(event) {
      const known = taken.get(event);
      if (known) return known;
      const update = event.data?.[key] as Record<string, unknown> | null | undefined;
      const { [CURSOR]: cursor, ...rest } = update ?? {};
      const found: Taken = update
        ? {
            event: { ...event, data: { ...event.data, [key]: rest } },
            cursor: typeof cursor === 'string' ? cursor : undefined,
          }
        : { event, cursor: undefined };
      taken.set(event, found);
      return found;
    },
  };
}

const prepared = new WeakMap<FetchNode, Prepared | 'not resumable'>();

/**
 * The contract's streams can be resumed: their root field has the arguments `after` and, for gateways, `gapReason`, and
 * every event a `cursor`. This makes a subscription's first fetch ask for the cursor, whether or not the client does, and
 * begin wherever it is told to. Undefined for a subscription of another kind. What it takes is found out once for a plan.
 */
export function resumableFetch(
  schema: GraphQLSchema,
  primary: FetchNode,
  variables: Readonly<Record<string, unknown>>,
): ResumableFetch | undefined {
  const found = prepared.get(primary) ?? prepare(schema, primary) ?? 'not resumable';
  prepared.set(primary, found);
  if (found === 'not resumable') return undefined;
  const { query, startOf, takeCursor } = found;
  return {
    start: startOf(variables),
    requestAt: ({ after, gapReason }) => ({
      query,
      operationName: primary.operationName,
      variables: { ...variables, [AFTER]: after, [GAP_REASON]: gapReason ?? null },
    }),
    takeCursor,
  };
}
