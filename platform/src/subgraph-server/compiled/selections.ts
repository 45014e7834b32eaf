import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

import type { Sharing } from './shared-selection.ts';

/** What an operation is compiled from, for one set of values of what `@include` and `@skip` are given. */
export interface Source {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly sharing: Sharing | undefined;
  /** Whether a selection is there. */
  readonly isIncluded: (selection: SelectionNode) => boolean;
}

function applies({ schema }: Source, condition: string | undefined, type: GraphQLObjectType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const known = schema.getType(condition);
  return isAbstractType(known) && schema.isSubType(known, type);
}

/** The fields of an object of this type, by the names under which they are answered, in the order of the answer. */
export function fieldsOf(
  source: Source,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();

  function collect({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD && spread.has(selection.name.value)) continue;
      if (!source.isIncluded(selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const nodes = fields.get(name);
        if (nodes) nodes.push(selection);
        else fields.set(name, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (applies(source, selection.typeCondition?.name.value, type)) collect(selection.selectionSet);
      } else {
        spread.add(selection.name.value);
        const fragment = source.fragments[selection.name.value];
        if (fragment && applies(source, fragment.typeCondition.name.value, type)) collect(fragment.selectionSet);
      }
    }
  }

  for (const selectionSet of selectionSets) collect(selectionSet);
  return fields;
}
