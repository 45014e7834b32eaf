import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { SameForAll } from '../graphql/same-for-all.ts';

type Definition = GraphQLField<unknown, unknown>;

/** Only these are known to look at nothing but variables. */
const CONDITIONS = new Set(['include', 'skip']);

function hasOnlyConditions({ directives = [] }: SelectionNode): boolean {
  return directives.every(({ name }) => CONDITIONS.has(name.value));
}

/** The document's `_entities(representations: $representations)`, if there is nothing beside it. */
function onlyEntities({ definitions }: DocumentNode): FieldNode | undefined {
  const operations = definitions.filter((each): each is OperationDefinitionNode => {
    return each.kind === Kind.OPERATION_DEFINITION;
  });
  const [operation] = operations;
  if (!operation || operations.length > 1 || operation.operation !== OperationTypeNode.QUERY) return undefined;
  const [field, ...others] = operation.selectionSet.selections;
  if (others.length > 0 || field?.kind !== Kind.FIELD || field.name.value !== '_entities') return undefined;
  const given = field.arguments?.[0]?.value;
  const isPlain = !field.alias && given?.kind === Kind.VARIABLE && given.name.value === 'representations';
  return isPlain && !field.directives?.length && !operation.directives?.length ? field : undefined;
}

/**
 * The types of the entities of which a query asks nothing that depends on who asks, by what is declared of them; undefined when
 * it asks anything else, be it under a condition that may not hold. What is not known to be the same for everybody is not:
 * interfaces and unions are not looked into, and neither is what a value that was resolved is made of, unless that has no
 * resolvers at all. The document is a valid one.
 */
export function entitiesForAll(
  schema: GraphQLSchema,
  declared: Readonly<Record<string, SameForAll>>,
  document: DocumentNode,
): readonly string[] | undefined {
  const entities = onlyEntities(document)?.selectionSet;
  if (!entities) return undefined;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions) {
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  }
  const types = new Set<string>();

  function everySelection(
    { selections }: SelectionSetNode,
    isSameField: (field: FieldNode) => boolean,
    isSamePart: (part: SelectionSetNode, condition: string | undefined) => boolean,
  ): boolean {
    return selections.every((selection) => {
      if (!hasOnlyConditions(selection)) return false;
      if (selection.kind === Kind.FIELD) return selection.name.value === '__typename' || isSameField(selection);
      const part = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      return part !== undefined && isSamePart(part.selectionSet, part.typeCondition?.name.value);
    });
  }

  function isSameOfObject(type: GraphQLObjectType, set: SelectionSetNode, isSame: (field: Definition) => boolean) {
    const isSameField = ({ name, selectionSet }: FieldNode): boolean => {
      const field = type.getFields()[name.value];
      if (!field || !isSame(field)) return false;
      const inner = getNamedType(field.type);
      if (isLeafType(inner)) return true;
      return isObjectType(inner) && selectionSet !== undefined && isPlain(inner, selectionSet);
    };
    const isSamePart = (part: SelectionSetNode, condition = type.name): boolean =>
      condition === type.name && everySelection(part, isSameField, isSamePart);
    return !type.isTypeOf && everySelection(set, isSameField, isSamePart);
  }

  function isPlain(type: GraphQLObjectType, set: SelectionSetNode): boolean {
    return isSameOfObject(type, set, ({ resolve }) => !resolve);
  }

  function isSameOfEntities(set: SelectionSetNode, condition?: string): boolean {
    if (condition === undefined) return everySelection(set, () => false, isSameOfEntities);
    const type = schema.getType(condition);
    const same = declared[condition];
    if (!isObjectType(type) || !same?.ofReference) return false;
    types.add(condition);
    const named = new Set([...same.ofRow, ...same.ofReference]);
    return isSameOfObject(type, set, ({ name, resolve }) => !resolve || named.has(name));
  }

  return isSameOfEntities(entities) && types.size > 0 ? [...types] : undefined;
}
