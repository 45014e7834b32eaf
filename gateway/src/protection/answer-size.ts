import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '@starling/platform/pagination';
import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

/** What one operation may answer at most: several times the largest page that an app of ours asks for. */
export const MAX_OBJECTS = 50_000;

/** What a list without a size is taken for: those of our graph hold few things, such as the links in a text. */
const SHORT_LIST = 5;

type Variables = Readonly<Record<string, unknown>>;
/** By the variables where it depends on them. */
type Count = number | ((variables: Variables) => number);

/** Why the answer of an operation would be too large, if it would be. */
export type AnswerSizes = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables | null | undefined,
) => GraphQLError | undefined;

function numberOf(count: Count, variables: Variables): number {
  return typeof count === 'number' ? count : count(variables);
}

function joined(counts: readonly Count[], join: (one: number, other: number) => number, first: number): Count {
  let known = first;
  const unknown: Exclude<Count, number>[] = [];
  for (const count of counts) {
    if (typeof count === 'number') known = join(known, count);
    else unknown.push(count);
  }
  if (unknown.length === 0) return known;
  return (variables) => unknown.reduce((all, count) => join(all, count(variables)), known);
}

const sum = (counts: readonly Count[]) => joined(counts, (one, other) => one + other, 0);
const product = (...counts: readonly Count[]) => joined(counts, (one, other) => one * other, 1);

function constant(value: ValueNode | undefined): unknown {
  if (value?.kind === Kind.INT) return Number(value.value);
  return value?.kind === Kind.LIST ? value.values : undefined;
}

/** What was said above of the lists in an object. */
interface Above {
  /** It is a page: how many there are on it was counted. */
  readonly isPage?: boolean;
  /** It was asked for with a size that its lists have, such as a conversation. */
  readonly size?: Count | undefined;
}

/** Of one operation: how many objects its answer holds, where every page is full. */
class ObjectCount {
  readonly #schema: GraphQLSchema;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #defaults = new Map<string, unknown>();
  readonly count: Count;

  constructor(schema: GraphQLSchema, { definitions }: DocumentNode, operation: OperationDefinitionNode) {
    this.#schema = schema;
    for (const definition of definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
    for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
      this.#defaults.set(variable.name.value, constant(defaultValue));
    }
    this.count = this.#below(operation.selectionSet, schema.getRootType(operation.operation)?.name, {});
  }

  #below({ selections }: SelectionSetNode, typeName: string | undefined, above: Above): Count {
    return sum(
      selections.map((selection) => {
        if (selection.kind === Kind.FIELD) return this.#ofField(selection, typeName, above);
        const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
        if (!inner) return 0;
        return this.#below(inner.selectionSet, inner.typeCondition?.name.value ?? typeName, above);
      }),
    );
  }

  #ofField(node: FieldNode, typeName: string | undefined, above: Above): Count {
    const type = typeName === undefined ? undefined : this.#schema.getType(typeName);
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    if (!field || !node.selectionSet) return 0;
    const { selectionSet } = node;
    const { name } = getNamedType(field.type);
    const size = this.#size(field, node, above);
    if (isListType(getNullableType(field.type))) {
      const length = size ?? (above.isPage ? 1 : (above.size ?? SHORT_LIST));
      return product(length, sum([1, this.#below(selectionSet, name, {})]));
    }
    if (!name.endsWith('Connection')) return sum([1, this.#below(selectionSet, name, { size })]);
    return sum([1, product(size ?? DEFAULT_PAGE_SIZE, this.#below(selectionSet, name, { isPage: true }))]);
  }

  /** How many are asked for; undefined where that cannot be said. `above`: what holds where a page could say it, and does not. */
  #size(
    { args }: GraphQLField<unknown, unknown>,
    { arguments: given = [] }: FieldNode,
    above: Above,
  ): Count | undefined {
    const takes = (name: string) => args.some((argument) => argument.name === name);
    if (takes('ids')) return this.#value(given, ['ids'], (ids) => (Array.isArray(ids) ? ids.length : undefined), 1);
    if (!takes('first')) return undefined;
    const pageSize = (asked: unknown) =>
      typeof asked === 'number' ? Math.min(Math.max(asked, 1), MAX_PAGE_SIZE) : undefined;
    return this.#value(given, ['first', 'last'], pageSize, above.size ?? DEFAULT_PAGE_SIZE);
  }

  /** What a size is made of the first of these arguments that is given. */
  #value(
    given: readonly ArgumentNode[],
    names: readonly string[],
    size: (value: unknown) => number | undefined,
    otherwise: Count,
  ): Count {
    const values = names.map((name) => given.find((argument) => argument.name.value === name)?.value);
    const read = (value: ValueNode | undefined, variables: Variables) => {
      if (value?.kind !== Kind.VARIABLE) return constant(value);
      const name = value.name.value;
      return Object.hasOwn(variables, name) ? variables[name] : this.#defaults.get(name);
    };
    const sizeBy = (variables: Variables) =>
      size(values.map((value) => read(value, variables)).find((value) => value != null));
    if (!values.some((value) => value?.kind === Kind.VARIABLE)) return sizeBy({}) ?? otherwise;
    return (variables) => sizeBy(variables) ?? numberOf(otherwise, variables);
  }
}

function tooLarge(most: number): GraphQLError {
  const message = `This asks for more than ${most} things at once: ask for shorter pages, or for fewer pages in pages.`;
  return new GraphQLError(message, { extensions: { code: 'COST_LIMIT_EXCEEDED' } });
}

/**
 * Bounds what an operation may answer, by the sizes of the pages that it asks for. A document of a hundred characters can ask
 * for a hundred followers of a hundred followers of a hundred more. What has to be known of an operation is found out once.
 */
export function answerSizes(schema: GraphQLSchema, most: number): AnswerSizes {
  const counts = new WeakMap<OperationDefinitionNode, Count>();
  return (document, operation, variables) => {
    let count = counts.get(operation);
    if (count === undefined) {
      count = new ObjectCount(schema, document, operation).count;
      counts.set(operation, count);
    }
    return numberOf(count, variables ?? {}) > most ? tooLarge(most) : undefined;
  };
}
