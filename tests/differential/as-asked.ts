import { type DocumentNode, type ExecutionResult, execute, type GraphQLSchema, Kind, visit } from 'graphql';

const ITS_TYPE = 'itsType';

/** The same operation, which also asks everything for its type. */
export function withTypes(document: DocumentNode): DocumentNode {
  const itsType = {
    kind: Kind.FIELD,
    name: { kind: Kind.NAME, value: '__typename' },
    alias: { kind: Kind.NAME, value: ITS_TYPE },
  } as const;
  return visit(document, {
    SelectionSet: {
      leave: (node, _key, parent) =>
        parent && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION
          ? undefined
          : { ...node, selections: [...node.selections, itsType] },
    },
  });
}

/**
 * What of an answer to such an operation is not what was asked for: a field too many, too few or out of order, a value of another
 * type, null where it may not be. Undefined when it is all right.
 */
export function notAsAsked(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  { data }: ExecutionResult,
): string | undefined {
  if (data == null) return undefined;
  const again = execute({
    schema,
    document,
    rootValue: data,
    variableValues: variables,
    fieldResolver: (source, _args, _context, { path }) => source[path.key],
    typeResolver: (value) => value[ITS_TYPE],
  }) as ExecutionResult;
  if (again.errors) return again.errors.map(({ message, path }) => `${path?.join('.')}: ${message}`).join('\n');
  const [asked, answered] = [again.data, data].map((each) => JSON.stringify(each));
  return asked === answered ? undefined : `${answered}\nin the place of ${asked}`;
}
