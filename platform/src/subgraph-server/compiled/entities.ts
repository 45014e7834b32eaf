import { type GraphQLObjectType, type GraphQLResolveInfo, isObjectType } from 'graphql';
import { type Completion, completionOf } from './completion.ts';
import { executeResolved, type Field, ignore, type SelectionOf, take } from './fields.ts';
import { fail, frameAt } from './frames.ts';
import { ResolveInfo } from './resolve-info.ts';

type ResolveReference = (reference: unknown, context: unknown, info: GraphQLResolveInfo) => unknown;

interface FederationExtensions {
  readonly apollo?: { readonly subgraph?: { readonly resolveReference?: ResolveReference } };
}

interface Entities {
  readonly resolveReference: ResolveReference | undefined;
  readonly completion: Completion;
}

function typenameOf(representation: unknown): unknown {
  return typeof representation === 'object' && representation !== null && '__typename' in representation
    ? representation.__typename
    : undefined;
}

/** What a reference is resolved to is an object, or nothing: a text has no fields, and would be an entity without any. */
function ofObjects(completion: Completion): Completion {
  return {
    ...completion,
    complete(run, field, value, frame, key) {
      if (value !== null && value !== undefined && typeof value !== 'object')
        throw new Error('An entity is no object.');
      completion.complete(run, field, value, frame, key);
    },
  };
}

/**
 * `_entities`: every reference is given to the resolver of its type, all before anything is waited for, and what it is
 * resolved to is of that type. Nothing is written into the objects that resolvers answer, which may be others' as well. What
 * is not of object types only is done as `@apollo/subgraph` does it.
 */
export function executeEntities(
  given: Omit<Field, 'execute'>,
  selectionOf: SelectionOf,
  resolve: NonNullable<Field['definition']['resolve']>,
): Field {
  const byType = new Map<GraphQLObjectType, Entities>();
  const stock = executeResolved(given, resolve);

  function entitiesOf(type: GraphQLObjectType): Entities {
    let entities = byType.get(type);
    if (!entities) {
      const { apollo } = type.extensions as FederationExtensions;
      entities = {
        resolveReference: apollo?.subgraph?.resolveReference,
        completion: ofObjects(completionOf(type, selectionOf)),
      };
      byType.set(type, entities);
    }
    return entities;
  }

  const compiled: Field = {
    ...stock,
    execute(run, source, frame) {
      const { schema } = run.operation;
      const { representations } = run.variables;
      const [argument] = compiled.nodes[0]?.arguments ?? [];
      const isPlain = argument?.value.kind === 'Variable' && argument.value.name.value === 'representations';
      const types =
        isPlain && Array.isArray(representations)
          ? representations.map((representation) => schema.getType(String(typenameOf(representation))))
          : [undefined];
      if (!types.every(isObjectType)) return stock.execute(run, source, frame);

      const { key, nodes, completion } = compiled;
      const list: unknown[] = [];
      const info = new ResolveInfo(run, compiled, frame);
      const resolved: unknown[] = [];
      try {
        for (let at = 0; at < types.length; at++) {
          const reference = (representations as unknown[])[at];
          const { resolveReference } = entitiesOf(types[at] as GraphQLObjectType);
          resolved.push(resolveReference ? resolveReference(reference, run.context, info) : reference);
        }
      } catch (error) {
        for (const begun of resolved) ignore(begun);
        fail(run, frame, key, completion.nonNull, error, nodes);
        return;
      }
      frame.value[key] = list;
      const inner = frameAt(frame, key, completion.nonNull, list as unknown as Record<number, unknown>);
      for (let at = 0; at < types.length; at++) {
        const { completion } = entitiesOf(types[at] as GraphQLObjectType);
        take(run, compiled, completion, resolved[at], inner, at);
      }
    },
  };
  return compiled;
}
