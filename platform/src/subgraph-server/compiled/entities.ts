import { type GraphQLObjectType, type GraphQLResolveInfo, isObjectType } from 'graphql';
import { type Completion, completionOf } from './completion.ts';
import { executeResolved, type Field, ignore, type SelectionOf, take } from './fields.ts';
import { fail, frameAt } from './frames.ts';
import { ResolveInfo } from './resolve-info.ts';
import type { Run } from './run.ts';

type ResolveReference = (reference: unknown, context: unknown, info: GraphQLResolveInfo) => unknown;

interface FederationExtensions {
  readonly apollo?: { readonly subgraph?: { readonly resolveReference?: ResolveReference } };
}

/** The entities of one type. */
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
  const byTypename = new Map<string, Entities>();
  const stock = executeResolved(given, resolve);
  const [argument] = given.nodes[0]?.arguments ?? [];
  const isPlain = argument?.value.kind === 'Variable' && argument.value.name.value === 'representations';

  function compileEntities(type: GraphQLObjectType): Entities {
    const { apollo } = type.extensions as FederationExtensions;
    return {
      resolveReference: apollo?.subgraph?.resolveReference,
      completion: ofObjects(completionOf(type, selectionOf)),
    };
  }

  /** Undefined for what is no name of a type of objects. */
  function entitiesOf(run: Run, typename: unknown): Entities | undefined {
    if (typeof typename !== 'string') return undefined;
    let entities = byTypename.get(typename);
    if (!entities) {
      const type = run.operation.schema.getType(typename);
      if (!isObjectType(type)) return undefined;
      entities = compileEntities(type);
      byTypename.set(typename, entities);
    }
    return entities;
  }

  /** Of each reference; undefined when one is of no type of objects. */
  function typesOf(run: Run, references: readonly unknown[]): readonly Entities[] | undefined {
    const types: Entities[] = [];
    let typename: unknown;
    let entities: Entities | undefined;
    for (const reference of references) {
      const given = typenameOf(reference);
      // Nearly always all are of one.
      if (given !== typename || entities === undefined) entities = entitiesOf(run, given);
      if (entities === undefined) return undefined;
      typename = given;
      types.push(entities);
    }
    return types;
  }

  const compiled: Field = {
    ...stock,
    execute(run, source, frame) {
      const { representations } = run.variables;
      const types = isPlain && Array.isArray(representations) ? typesOf(run, representations) : undefined;
      if (types === undefined) return stock.execute(run, source, frame);

      const { key, nodes, completion } = compiled;
      const info = new ResolveInfo(run, compiled, frame);
      const resolved: unknown[] = [];
      try {
        for (let at = 0; at < types.length; at++) {
          const reference = (representations as unknown[])[at];
          const { resolveReference } = types[at] as Entities;
          resolved.push(resolveReference ? resolveReference(reference, run.context, info) : reference);
        }
      } catch (error) {
        for (const begun of resolved) ignore(begun);
        fail(run, frame, key, completion.nonNull, error, nodes);
        return;
      }
      const list: unknown[] = [];
      frame.value[key] = list;
      const inner = frameAt(frame, key, completion.nonNull, list as unknown as Record<number, unknown>);
      for (let at = 0; at < types.length; at++) {
        const { completion } = types[at] as Entities;
        const known = completion.atOnce?.(run, resolved[at]);
        if (known !== undefined) list[at] = known;
        else take(run, compiled, completion, resolved[at], inner, at);
      }
    },
  };
  return compiled;
}
