import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/** Whether the thing with this `__typename` is of the type. */
export type TypeCondition = (typename: unknown) => boolean;

/** What is to be known of the types of the whole supergraph: subgraphs speak of some that clients do not see. */
export interface TypesOfSubgraphs {
  conditionOn(typeName: string): TypeCondition;
  isInterface(typename: unknown): boolean;
  /** Whether any subgraph knows the type, though clients may not. */
  isKnown(typename: unknown): boolean;
  /** Whether some subgraph knows things by this interface alone, and calls them by its name. */
  isVague(typeName: string): boolean;
}

function isInterfaceObject(definition: GraphQLNamedType['astNode']): boolean {
  return (definition?.directives ?? []).some(
    ({ name, arguments: given = [] }) =>
      name.value === 'join__type' &&
      given.some(
        (each) => each.name.value === 'isInterfaceObject' && 'value' in each.value && each.value.value === true,
      ),
  );
}

export function typesOfSubgraphs(schema: GraphQLSchema): TypesOfSubgraphs {
  const compiled = new Map<string, TypeCondition>();
  const interfaces = new Set(
    Object.values(schema.getTypeMap())
      .filter(isInterfaceType)
      .map(({ name }) => name),
  );

  const vague = new Set([...interfaces].filter((name) => isInterfaceObject(schema.getType(name)?.astNode)));

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
    isKnown: (typename) => typeof typename === 'string' && isCompositeType(schema.getType(typename)),
    isVague: (typeName) => vague.has(typeName),
  };
}
