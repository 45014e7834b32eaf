import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';

/** Whether the thing with this `__typename` is of the type. */
export type TypeCondition = (typename: unknown) => boolean;

/** What is to be known of the types of the whole supergraph: subgraphs speak of some that clients do not see. */
export interface TypesOfSubgraphs {
  conditionOn(typeName: string): TypeCondition;
  isInterface(typename: unknown): boolean;
}

export function typesOfSubgraphs(schema: GraphQLSchema): TypesOfSubgraphs {
  const compiled = new Map<string, TypeCondition>();
  const interfaces = new Set(
    Object.values(schema.getTypeMap())
      .filter(isInterfaceType)
      .map(({ name }) => name),
  );

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

  return {
    conditionOn(name) {
      let condition = compiled.get(name);
      if (!condition) {
        condition = compile(name);
        compiled.set(name, condition);
      }
      return condition;
    },
    isInterface: (typename) => interfaces.has(typename as string),
  };
}
