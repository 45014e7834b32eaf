import { formattedError, variablesOf } from '@starling/platform/subgraph-server';
import { GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/** What is wrong with the variables that a request gives for its operation, if anything. */
export type VariableErrors = (
  operation: OperationDefinitionNode,
  variables: Variables | null | undefined,
) => readonly GraphQLError[];

/** What has to be known of an operation's variables is found out once, as long as its document is there. */
export function variableErrors(schema: GraphQLSchema): VariableErrors {
  const known = new WeakMap<OperationDefinitionNode, ReturnType<typeof variablesOf>>();
  return (operation, variables) => {
    if (!operation.variableDefinitions?.length) return [];
    let check = known.get(operation);
    if (!check) {
      check = variablesOf(schema, operation);
      known.set(operation, check);
    }
    const found = check(variables ?? {});
    if (!('errors' in found)) return [];
    return found.errors.map((error) => {
      const { message, extensions } = formattedError(error, () => {});
      return new GraphQLError(message, { nodes: error.nodes ?? null, ...(extensions && { extensions }) });
    });
  };
}
