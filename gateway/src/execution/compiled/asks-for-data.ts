import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { type Holds, isIncluded } from './shape/selected-fields.ts';

/**
 * Whether an operation selects, at its root, anything but its type and the schema. A thing of which nothing is selected is
 * nothing: `post @include(if: $on) { text @skip(if: $on) }` is in no plan.
 */
export function asksForData(
  { selectionSet }: OperationDefinitionNode,
  { definitions }: DocumentNode,
  holds: Holds,
): boolean {
  const isAny = (selection: SelectionNode, counts: (field: FieldNode) => boolean): boolean => {
    if (!isIncluded(selection, holds)) return false;
    if (selection.kind === Kind.INLINE_FRAGMENT) return anyOf(selection.selectionSet, counts);
    if (selection.kind === Kind.FIELD) {
      return counts(selection) && (!selection.selectionSet || anyOf(selection.selectionSet, () => true));
    }
    const { value } = selection.name;
    return definitions.some(
      (definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION &&
        definition.name.value === value &&
        anyOf(definition.selectionSet, counts),
    );
  };
  const anyOf = ({ selections }: SelectionSetNode, counts: (field: FieldNode) => boolean): boolean =>
    selections.some((selection) => isAny(selection, counts));
  return anyOf(selectionSet, ({ name }) => !name.value.startsWith('__'));
}
