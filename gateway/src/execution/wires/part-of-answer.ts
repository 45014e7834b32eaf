import { ownCopy, SHARED_PART, SharedAnswer, sharedPartOf } from '@starling/platform/subgraph-server';
import { isDictionary } from '../compiled/run.ts';
import type { WireAnswer } from './asker.ts';

/** An entity for one of several: what everybody gets nobody changes, and anything else is a copy. */
function forOne(entity: unknown): unknown {
  if (entity instanceof SharedAnswer) return entity;
  const copy = ownCopy(entity);
  const part = isDictionary(entity) ? sharedPartOf(entity) : undefined;
  if (part) (copy as { [SHARED_PART]?: SharedAnswer })[SHARED_PART] = part;
  return copy;
}

/** No list is as long as what was asked where the whole is not: it would be taken for the entities of this one. */
function entitiesAt(given: unknown, count: number, places: readonly number[]): unknown {
  if (given === undefined || given === null) return given;
  return Array.isArray(given) && given.length === count ? places.map((place) => forOne(given[place])) : [];
}

/** The error as one is told it: at its own places of the entity; at none when it is about all; not at all about others' entities. */
function errorAt(error: unknown, count: number, places: readonly number[]): readonly unknown[] {
  if (!isDictionary(error) || !Array.isArray(error.path)) return [structuredClone(error)];
  const [list, index, ...within] = error.path;
  if (!Number.isInteger(index) || index < 0 || index >= count)
    return [{ ...structuredClone(error), path: error.path.slice(0, 1) }];
  return places.flatMap((place, own) =>
    place === index ? [{ ...structuredClone(error), path: [list, own, ...within] }] : [],
  );
}

/**
 * What an answer about so many entities is for one who asked for those at `places`: those, in its own order, and what went wrong
 * with them or with all. It shares nothing with others' parts that anybody could change.
 */
export function partOf({ status, body }: WireAnswer, count: number, places: readonly number[]): WireAnswer {
  if (!isDictionary(body)) return { status, body };
  const { data, errors: given } = body;
  const errors = Array.isArray(given) ? given.flatMap((error) => errorAt(error, count, places)) : given;
  const isWhole = errors === undefined || (Array.isArray(errors) && errors.length === 0);
  return {
    status,
    body: {
      ...(data !== undefined && {
        data: isDictionary(data) ? { _entities: entitiesAt(data._entities, count, places) } : data,
      }),
      ...(!isWhole && { errors }),
    },
  };
}
