import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  visit,
} from 'graphql';
import type { Variables } from '../run.ts';

/** Answers `__schema` or `__type`, of the schema that clients see. */
export function compileIntrospection(
  schema: GraphQLSchema,
  fields: readonly FieldNode[],
  { variableDefinitions = [] }: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): (variables: Variables) => unknown {
  const used = new Set<string>();
  const definitions = [...fragments.values()];
  for (const node of [...fields, ...definitions]) {
    visit(node, { Variable: ({ name }) => void used.add(name.value) });
  }
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        kind: Kind.OPERATION_DEFINITION,
        operation: OperationTypeNode.QUERY,
        variableDefinitions: variableDefinitions.filter(({ variable }) => used.has(variable.name.value)),
        selectionSet: { kind: Kind.SELECTION_SET, selections: fields },
      },
      ...definitions,
    ],
  };
  const [first] = fields;
  const name = first && (first.alias ?? first.name).value;
  return (variables) => {
    const { data, errors } = executeSync({ schema, document, variableValues: variables });
    if (errors) throw errors[0];
    return name !== undefined && data ? data[name] : null;
  };
}
