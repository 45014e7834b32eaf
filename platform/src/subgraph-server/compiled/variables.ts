import {
  GraphQLBoolean,
  type GraphQLError,
  GraphQLID,
  type GraphQLInputType,
  GraphQLInt,
  type GraphQLSchema,
  GraphQLString,
  getVariableValues,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';

type Values = Readonly<Record<string, unknown>>;
type Coerced = { readonly coerced: { [variable: string]: unknown } } | { readonly errors: readonly GraphQLError[] };

const is32Bit = (value: unknown) => Number.isInteger(value) && ((value as number) | 0) === value;

/** Whether a value is surely what graphql-js would make of it. */
type IsAsItIs = (value: unknown) => boolean;

function asItIs(type: GraphQLInputType): IsAsItIs | undefined {
  if (isNonNullType(type)) return asItIs(type.ofType as GraphQLInputType);
  if (isListType(type)) {
    const item = asItIs(type.ofType as GraphQLInputType);
    return item && ((value) => Array.isArray(value) && value.every(item));
  }
  if (type === GraphQLString || type === GraphQLID) return (value) => typeof value === 'string';
  if (type === GraphQLBoolean) return (value) => typeof value === 'boolean';
  if (type === GraphQLInt) return is32Bit;
  // Representations, of which graphql-js knows nothing either.
  if (type.name === '_Any') return (value) => typeof value === 'object' && value !== null;
  return undefined;
}

/** The values that an operation's variables have, or what is wrong with those that were given. */
export function variablesOf(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): (given: Values) => Coerced {
  const checks = variableDefinitions.map(({ variable, type }) => {
    const known = typeFromAST(schema, type as Parameters<typeof typeFromAST>[1]) as GraphQLInputType | undefined;
    return { name: variable.name.value, isAsItIs: known && asItIs(known) };
  });
  return (given) => {
    const coerced: { [variable: string]: unknown } = {};
    for (const { name, isAsItIs } of checks) {
      const value = Object.hasOwn(given, name) ? given[name] : undefined;
      if (value === undefined || !isAsItIs?.(value))
        return getVariableValues(schema, variableDefinitions, given) as Coerced;
      coerced[name] = value;
    }
    return { coerced };
  };
}
