import { GraphQLError } from 'graphql';

/** How the fields of a planned document are called in the answer. */
export interface ResponseNames {
  /** What was asked for no client. */
  readonly hidden: string;
  /** By the names in the planned document; what is not here is called the same. */
  readonly clientNames: ReadonlyMap<string, string>;
}

type Path = readonly (string | number)[];

/** The same error at the place where the client will look for it. */
export function errorForClient(
  error: GraphQLError,
  placeOf: (path: Path) => Path,
  { clientNames }: ResponseNames,
): GraphQLError {
  const { path, message, extensions } = error;
  if (!path) return error;
  const place = placeOf(path);
  if (place === path && !path.some((part) => clientNames.has(String(part)))) return error;
  const renamed = place.map((part) => (typeof part === 'string' ? (clientNames.get(part) ?? part) : part));
  return new GraphQLError(message, { path: renamed, extensions });
}

/** The same data, of a plan's fields, as the client asked for them. */
export function dataForClient(value: unknown, names: ResponseNames): unknown {
  if (Array.isArray(value)) return value.map((element) => dataForClient(element, names));
  if (typeof value !== 'object' || value === null) return value;
  const data: Record<string, unknown> = Object.create(null);
  for (const [name, field] of Object.entries(value)) {
    if (name !== names.hidden) data[names.clientNames.get(name) ?? name] = dataForClient(field, names);
  }
  return data;
}
