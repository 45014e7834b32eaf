import { GraphQLError, Kind, type OperationDefinitionNode } from 'graphql';
import type { Variables } from './run.ts';

/** What a variable of `@include` and `@skip` says; what it says when absent is in the document. */
export type ConditionValues = (variables: Variables, name: string) => boolean;

export function conditionValues({ variableDefinitions = [] }: OperationDefinitionNode): ConditionValues {
  const defaults = new Map<string, boolean>();
  for (const { variable, defaultValue } of variableDefinitions) {
    if (defaultValue?.kind === Kind.BOOLEAN) defaults.set(variable.name.value, defaultValue.value);
  }
  return (variables, name) => {
    const given = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const value = given === undefined ? defaults.get(name) : given;
    if (typeof value === 'boolean') return value;
    // Nullable with a default, and null was given: that is found out only now.
    throw new GraphQLError(`Variable "$${name}" has to be true or false where it decides what is asked for.`, {
      extensions: { code: 'BAD_USER_INPUT', argument: name },
    });
  };
}
