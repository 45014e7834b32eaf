import { getNamedType, isCompositeType, isObjectType, type SelectionSetNode } from 'graphql';
import { isDictionary } from '../run.ts';
import type { ShapeOptions } from './response-shape.ts';
import { fragmentsOf, type Selections, selectedFields } from './selected-fields.ts';

type Path = readonly (string | number)[];

/** Where an answer has what a path of the data leads to, for the data that there is. */
export type AnsweredPlace = (path: Path, data: unknown) => Path;

/**
 * What goes wrong with a key, a requirement, or whatever else is asked for no client, is told at the thing that it is of. Where
 * nobody knows of which type a thing is, the path stays as it is.
 */
export function answeredPlaces({ schema, document, operation, holds, names }: ShapeOptions): AnsweredPlace {
  const selections: Selections = { schema, fragments: fragmentsOf(document), holds };

  const typeOf = (value: unknown) => {
    const name = isDictionary(value) ? value.__typename : undefined;
    return typeof name === 'string' ? schema.getType(name) : undefined;
  };

  return (path, data) => {
    let type = schema.getRootType(operation.operation) ?? undefined;
    let sets: readonly SelectionSetNode[] = [operation.selectionSet];
    let value = data;
    for (const [at, part] of path.entries()) {
      if (typeof part === 'number' || part === '@') {
        value = Array.isArray(value) ? value[part as number] : undefined;
        continue;
      }
      if (part === names.hidden) return path.slice(0, at);
      const actual = typeOf(value) ?? type;
      if (!isObjectType(actual)) return path;
      const nodes = selectedFields(selections, actual, sets).get(part);
      if (!nodes) return path.slice(0, at);
      const [node] = nodes;
      const field = node && getNamedType(actual.getFields()[node.name.value]?.type);
      if (!isCompositeType(field)) return path;
      type = isObjectType(field) ? field : undefined;
      sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      value = isDictionary(value) && Object.hasOwn(value, part) ? value[part] : undefined;
    }
    return path;
  };
}
