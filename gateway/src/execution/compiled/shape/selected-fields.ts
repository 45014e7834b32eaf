import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** Whether a condition holds: the value of a variable of `@include` and `@skip`. */
export type Holds = (variable: string) => boolean;

export interface Selections {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly holds: Holds;
}

export function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return fragments;
}

/** By its own directives. */
export function isIncluded({ directives = [] }: SelectionNode, holds: Holds): boolean {
  for (const { name, arguments: given = [] } of directives) {
    if (name.value !== 'include' && name.value !== 'skip') continue;
    const value = given[0]?.value;
    const on = value?.kind === Kind.VARIABLE ? holds(value.name.value) : value?.kind === Kind.BOOLEAN && value.value;
    if (on !== (name.value === 'include')) return false;
  }
  return true;
}

function applies(schema: GraphQLSchema, condition: string | undefined, type: GraphQLCompositeType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type);
}

/**
 * The fields that are asked for of a thing of this type, by response name in the order of the document, each with all
 * the places that ask for it.
 */
export function selectedFields(
  { schema, fragments, holds }: Selections,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();

  function collect({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (!isIncluded(selection, holds)) continue;
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const known = fields.get(name);
        if (known) known.push(selection);
        else fields.set(name, [selection]);
        continue;
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (applies(schema, selection.typeCondition?.name.value, type)) collect(selection.selectionSet);
        continue;
      }
      const name = selection.name.value;
      if (spread.has(name)) continue;
      spread.add(name);
      const fragment = fragments.get(name);
      if (fragment && applies(schema, fragment.typeCondition.name.value, type)) collect(fragment.selectionSet);
    }
  }

  for (const set of sets) collect(set);
  return fields;
}
