import { DateTime, URL } from '@starling/platform/graphql';
import { type GraphQLLeafType, isEnumType } from 'graphql';

/** Of the scalars of our own making, those that are texts. */
const TEXTS: ReadonlySet<string> = new Set([DateTime.name, URL.name]);

const isText = (value: unknown): boolean => typeof value === 'string';

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
    case 'ID':
      return isText;
    case 'Boolean':
      return (value) => typeof value === 'boolean';
    case 'Int':
      // In 32 bits, and none of them lost.
      return (value) => typeof value === 'number' && (value | 0) === value;
    case 'Float':
      return isFiniteNumber;
    default:
      return TEXTS.has(type.name) ? isText : () => true;
  }
}
