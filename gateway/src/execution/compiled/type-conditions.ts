import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';

/** Whether the thing with this `__typename` is of the type. */
export type TypeCondition = (typename: unknown) => boolean;

/** Compiles type conditions against the whole supergraph: subgraphs speak of types that clients do not see. */
export function typeConditions(schema: GraphQLSchema): (name: string) => TypeCondition {
  const compiled = new Map<string, TypeCondition>();

  function compile(name: string): TypeCondition {
    const matching = new Set([name]);
    const type = schema.getType(name);
    if (isAbstractType(type)) {
      for (const candidate of Object.values(schema.getTypeMap())) {
        const mayMatch = isObjectType(candidate) || isInterfaceType(candidate);
        if (mayMatch && schema.isSubType(type, candidate)) matching.add(candidate.name);
      }
    }
    return (typename) => matching.has(typename as string);
  }

  return (name) => {
    let condition = compiled.get(name);
    if (!condition) {
      condition = compile(name);
      compiled.set(name, condition);
    }
    return condition;
  };
}
