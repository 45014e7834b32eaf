import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** `@include(if: false)` or `@skip(if: true)`: the planner leaves such fields out, and rightly so. */
function isNeverIncluded({ directives = [] }: SelectionNode): boolean {
  return directives.some(({ name, arguments: given = [] }) => {
    const value = given[0]?.value;
    return value?.kind === Kind.BOOLEAN && value.value === (name.value === 'skip');
  });
}

/** Whether an operation selects, at its root, anything but its type and the schema. */
export function asksForData({ selectionSet }: OperationDefinitionNode, { definitions }: DocumentNode): boolean {
  function isData(selection: SelectionNode): boolean {
    if (isNeverIncluded(selection)) return false;
    if (selection.kind === Kind.FIELD) return !selection.name.value.startsWith('__');
    if (selection.kind === Kind.INLINE_FRAGMENT) return inSet(selection.selectionSet);
    const { value } = selection.name;
    return definitions.some(
      (definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION &&
        definition.name.value === value &&
        inSet(definition.selectionSet),
    );
  }
  const inSet = ({ selections }: SelectionSetNode): boolean => selections.some(isData);
  return inSet(selectionSet);
}
