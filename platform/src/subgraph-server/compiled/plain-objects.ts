import { GraphQLID, GraphQLString, getNullableType, isLeafType, isObjectType } from 'graphql';
import { type Field, ignore, isPromise } from './fields.ts';
import { type Serialize, serializerOf } from './leaves.ts';

type Answer = Record<string, unknown>;

/** What is answered of a value; undefined where something in it is to be waited for, called, or told of as an error. Never throws. */
export type ReadPlain = (value: unknown) => Answer | undefined;

/** A field, without what only the long way needs. */
interface Part {
  readonly key: string;
  readonly property: string;
  readonly nonNull: boolean;
  /** Whether a text is answered as it is. */
  readonly isText: boolean;
  /** Answers a value that is there; undefined as above. Where there is none, `typename` is answered. */
  readonly read: Serialize | undefined;
  readonly typename: string;
}

const readLeaf =
  (serialize: Serialize): Serialize =>
  (value) =>
    typeof value === 'object' || typeof value === 'function' ? undefined : serialize(value);

function partOf({ key, definition, parentType, completion, selectionOf }: Field): Part | undefined {
  const { name: property, resolve, args } = definition;
  const common = { key, property, nonNull: completion.nonNull, typename: parentType.name };
  if (property === '__typename') return { ...common, isText: false, read: undefined };
  if (resolve || args.length > 0) return undefined;
  const type = getNullableType(definition.type);
  if (isLeafType(type)) {
    return { ...common, isText: type === GraphQLString || type === GraphQLID, read: readLeaf(serializerOf(type)) };
  }
  const plain = isObjectType(type) && !type.isTypeOf ? selectionOf(type).plain : undefined;
  return plain && { ...common, isText: false, read: plain };
}

/**
 * The short way to answer objects of which nothing is selected but their properties, and those of objects in them: without
 * frames, and without looking for who has to hear of a failure. Undefined for other selections. What it answers undefined has to be
 * answered the long way, which reads it anew.
 */
export function plainObjects(fields: readonly Field[]): ReadPlain | undefined {
  const parts: Part[] = [];
  for (const field of fields) {
    const part = partOf(field);
    if (!part) return undefined;
    parts.push(part);
  }

  function read(source: object): Answer | undefined {
    const answer: Answer = {};
    for (const { key, property, nonNull, isText, read, typename } of parts) {
      if (read === undefined) {
        answer[key] = typename;
        continue;
      }
      const value = (source as Answer)[property];
      if (isText && typeof value === 'string') answer[key] = value;
      else if (value !== null && value !== undefined) {
        const known = read(value);
        if (known === undefined) {
          // An accessor may answer another promise when it is read anew.
          ignore(value);
          return undefined;
        }
        answer[key] = known;
      } else if (nonNull) return undefined;
      else answer[key] = null;
    }
    return answer;
  }

  return (value) => {
    if (typeof value !== 'object' || value === null || value instanceof Error || isPromise(value)) return undefined;
    try {
      return read(value);
    } catch {
      return undefined;
    }
  };
}
