import type { FetchNode } from '@apollo/query-planner';
import type { SubgraphRequest } from '@starling/platform/subgraph-server';
import {
  type FieldNode,
  type FormattedExecutionResult,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getVariableValues,
  isAbstractType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type VariableDefinitionNode,
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
  /** An event's cursor, which is taken out of it. */
  takeCursor(event: FormattedExecutionResult): string | undefined;
}

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

/**
 * The contract's streams can be resumed: their root field has the arguments `after` and, for gateways, `gapReason`, and
 * every event a `cursor`. This makes a subscription's first fetch ask for the cursor, whether or not the client does, and
 * begin wherever it is told to. Undefined for a subscription of another kind.
 */
export function resumableFetch(
  schema: GraphQLSchema,
  primary: FetchNode,
  variables: Readonly<Record<string, unknown>>,
): ResumableFetch | undefined {
  const [operation] = parse(primary.operation).definitions as OperationDefinitionNode[];
  const [root] = operation?.selectionSet.selections ?? [];
  if (!operation || root?.kind !== Kind.FIELD) return undefined;
  const field = schema.getSubscriptionType()?.getFields()[root.name.value];
  const given = new Set(field?.args.map((each) => each.name));
  const type = field && getNamedType(field.type);
  const types = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
  const isResumable =
    given.has('after') && given.has('gapReason') && types.every((each) => each.getFields().cursor !== undefined);
  if (!field || types.length === 0 || !isResumable) return undefined;

  const { coerced = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  const { after } = getArgumentValues(field, root, coerced);
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
  const used = print(resumed);
  const query = print({
    ...operation,
    variableDefinitions: [
      // The variable that held the client's own `after` may be of no use any more, which validation would refuse.
      ...(operation.variableDefinitions ?? []).filter((each) => used.includes(`$${each.variable.name.value}`)),
      definition(AFTER, 'String'),
      definition(GAP_REASON, String(reasonType)),
    ],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [resumed] },
  });
  const key = root.alias?.value ?? root.name.value;

  return {
    start: { after: typeof after === 'string' ? after : null },
    requestAt: ({ after: place, gapReason }) => ({
      query,
      operationName: primary.operationName,
      variables: { ...variables, [AFTER]: place, [GAP_REASON]: gapReason ?? null },
    }),
    takeCursor({ data }) {
      const event = data?.[key] as Record<string, unknown> | null | undefined;
      const cursor = event?.[CURSOR];
      if (event) delete event[CURSOR];
      return typeof cursor === 'string' ? cursor : undefined;
    },
  };
}
