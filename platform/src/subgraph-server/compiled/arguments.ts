import { type FieldNode, type GraphQLField, getArgumentValues, visit } from 'graphql';
import type { Run } from './run.ts';

type Values = Record<string, unknown>;

const NO_ARGUMENTS = Object.freeze({}) as Values;

function variablesIn(node: FieldNode): string[] {
  const names = new Set<string>();
  for (const argument of node.arguments ?? []) visit(argument, { Variable: ({ name }) => void names.add(name.value) });
  return [...names];
}

/**
 * What a field's resolver is given as arguments, found out once for a run. Those of the run before are given again where its
 * variables had the same plain values.
 */
export function compileArguments(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  at: number,
): (run: Run) => Values {
  if (definition.args.length === 0) return () => NO_ARGUMENTS;
  const names = variablesIn(node);
  let before: { readonly given: readonly unknown[]; readonly made: Values } | undefined;

  function argumentsFor(variables: Run['variables']): Values {
    if (before?.given.every((value, place) => value === variables[names[place] as string])) return before.made;
    const made = Object.freeze(getArgumentValues(definition, node, variables)) as Values;
    const given = names.map((name) => variables[name]);
    // Objects are a request's own.
    before = given.some((value) => typeof value === 'object' && value !== null) ? undefined : { given, made };
    return made;
  }

  return (run) => {
    run.args[at] ??= argumentsFor(run.variables);
    return run.args[at] as Values;
  };
}
