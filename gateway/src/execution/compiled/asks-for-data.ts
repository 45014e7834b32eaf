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
 * Whether anything is selected of a thing, with these values of conditions. A thing of which nothing is selected is nothing:
 * `post @include(if: $on) { text @skip(if: $on) }` is in no plan.
 */
export function selectsAnything(
  { selections }: SelectionSetNode,
  document: DocumentNode,
  holds: Holds,
  counts: (field: FieldNode) => boolean = () => true,
): boolean {
  const inside = (set: SelectionSetNode) => selectsAnything(set, document, holds, counts);
  const isAny = (selection: SelectionNode): boolean => {
    if (!isIncluded(selection, holds)) return false;
    if (selection.kind === Kind.INLINE_FRAGMENT) return inside(selection.selectionSet);
    if (selection.kind === Kind.FIELD) {
      const { selectionSet } = selection;
      return counts(selection) && (!selectionSet || selectsAnything(selectionSet, document, holds));
    }
    const { value } = selection.name;
    return document.definitions.some(
      (definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION &&
        definition.name.value === value &&
        inside(definition.selectionSet),
    );
  };
  return selections.some(isAny);
}

/** Whether an operation selects, at its root, anything but its type and the schema. */
export function asksForData({ selectionSet }: OperationDefinitionNode, document: DocumentNode, holds: Holds): boolean {
  return selectsAnything(selectionSet, document, holds, ({ name }) => !name.value.startsWith('__'));
}
