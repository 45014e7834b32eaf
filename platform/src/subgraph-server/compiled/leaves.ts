import { GraphQLBoolean, GraphQLID, GraphQLInt, type GraphQLLeafType, GraphQLString } from 'graphql';

const LARGEST_INT = 2 ** 31 - 1;
const SMALLEST_INT = -(2 ** 31);

export type Serialize = (value: unknown) => unknown;

/** Throws for a value that the type cannot write. What most values are is passed on as it is. */
export function serializerOf(type: GraphQLLeafType): Serialize {
  function serialize(value: unknown): unknown {
    const written = type.serialize(value);
    if (written === undefined || written === null) throw new Error(`${type.name} wrote a value as nothing.`);
    return written;
  }
  if (type === GraphQLString || type === GraphQLID) {
    return (value) => (typeof value === 'string' ? value : serialize(value));
  }
  if (type === GraphQLBoolean) return (value) => (typeof value === 'boolean' ? value : serialize(value));
  if (type === GraphQLInt) {
    return (value) =>
      Number.isInteger(value) && (value as number) <= LARGEST_INT && (value as number) >= SMALLEST_INT
        ? value
        : serialize(value);
  }
  return serialize;
}
