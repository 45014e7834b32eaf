import { type DocumentNode, getOperationAST, Kind, visit } from 'graphql';

/**
 * The variables of a subscription that its events depend on, each once: all but the one that says where the stream begins.
 */
export function sharedVariables(document: DocumentNode, operationName: string | null | undefined): string[] {
  const operation = getOperationAST(document, operationName);
  const roots = new Set(operation?.selectionSet.selections);
  const names = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Argument({ name }, _key, _parent, _path, ancestors) {
      const field = ancestors.findLast((each) => 'kind' in each && each.kind === Kind.FIELD);
      return name.value === 'after' && roots.has(field as never) ? false : undefined;
    },
    Variable({ name }) {
      names.add(name.value);
    },
  });
  return [...names].sort();
}
