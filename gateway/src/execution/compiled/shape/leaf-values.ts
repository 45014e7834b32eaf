import { type GraphQLLeafType, isEnumType } from 'graphql';

const INTEGER = /^-?(?:0|[1-9]\d*)$/;

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/**
 * Whether a subgraph's value is one of the type. Subgraphs have serialised what they answer, so that this asks no more
 * than that no client gets a number where it was promised a text, and no enum value that clients do not know.
 */
export function leafCheck(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map(({ name }) => name));
    return (value) => names.has(value as string);
  }
  switch (type.name) {
    case 'String':
      return (value) => typeof value === 'string';
    case 'Boolean':
      return (value) => typeof value === 'boolean';
    case 'ID':
      return (value) => typeof value === 'string' || (isFiniteNumber(value) && INTEGER.test(String(value)));
    case 'Int':
      return (value) => isFiniteNumber(value) && INTEGER.test(String(value));
    case 'Float':
      return isFiniteNumber;
    default:
      return () => true;
  }
}
