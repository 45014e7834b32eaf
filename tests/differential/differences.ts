import { isDeepStrictEqual } from 'node:util';
import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Answers } from './both-executors.ts';

/**
 * Where our answers are not the stock executor's, and why ours are right:
 *
 * - `path-of-entity`: an error about one entity names the place of that entity. The stock executor counts entities where it
 *   should count representations, and names another's place when some entities on the path were of other types or lacked
 *   an input.
 * - `gave-up`: a value of another shape is null where it stands, and an error says so. The stock executor answers no data
 *   at all, for one assertion that failed.
 * - `malformed-answer`: an answer without the entities it was asked for is `SUBGRAPH_UNAVAILABLE` at the place that waits
 *   for them, and a value that is not of its type is an error at its place. The stock executor has an error without a
 *   place for the one, is silent about the other, and leaves out what would have been merged after an assertion failed.
 *   It also asks for an entity as often as it stands somewhere, and so may get it once whole and once broken.
 * - `narrowed-again`: where a type is known, `... on Interface { ... on ThatType { field } }` asks for the field. The stock
 *   executor forgets the known type inside the first condition, and leaves the field out.
 * - `kept-type`: a thing whose type is known stays of that type when a subgraph that knows its interface alone tells more
 *   of it. The stock executor takes the interface for its type, and the thing for null, or does not need what it then lacks.
 * - `unasked-field`: an error about what was asked for no client (a key, a requirement, a field under a condition that does not
 *   hold) has the place of the thing that it is of. The stock executor names a field that the answer does not have.
 * - `left-out`: where a condition makes the planner ask nobody for a field that is selected elsewhere as well, or for what this is
 *   made of, an error says that nobody answered. The stock executor has null, and no error.
 * - `in-nothing`: of a thing that is null because one of its fields failed, an error may tell that nobody answered another of its
 *   fields. The stock executor is silent about that one.
 */
export type ListedDifference =
  | 'path-of-entity'
  | 'gave-up'
  | 'malformed-answer'
  | 'narrowed-again'
  | 'kept-type'
  | 'unasked-field'
  | 'left-out'
  | 'in-nothing';

export type Verdict =
  | { readonly same: true; readonly listed?: ListedDifference }
  | { readonly same: false; readonly why: string };

type Place = readonly (string | number)[] | undefined;

/** The path, up to where the stock executor says `_entities`, which is no field of any client's. */
function placeOf({ path }: GraphQLError): Place {
  const entities = path?.indexOf('_entities') ?? -1;
  return entities < 0 ? path : path?.slice(0, entities);
}

/** The part of a path that an answer has; without indices, in any element of its lists. */
function answeredPart(data: unknown, place: Place, withIndices: boolean): Place {
  let values = [data];
  for (const [at, part] of (place ?? []).entries()) {
    values = values.flatMap((value): unknown[] => {
      if (typeof value !== 'object' || value === null) return [];
      if (Array.isArray(value) && (part === '@' || !withIndices)) return value;
      return Object.hasOwn(value, part) ? [(value as Record<string | number, unknown>)[part]] : [];
    });
    if (values.length === 0) return place?.slice(0, at);
  }
  return place;
}

interface Precision {
  readonly withIndices: boolean;
  /** Whether what is in a path beyond the answer counts. */
  readonly beyondAnswer: boolean;
}

function described({ data, errors = [] }: ExecutionResult, { withIndices, beyondAnswer }: Precision): string[] {
  return errors
    .map((error) => {
      const found = beyondAnswer ? placeOf(error) : answeredPart(data, placeOf(error), withIndices);
      const place = found?.map((part) => (withIndices || typeof part === 'string' ? part : '@'));
      return JSON.stringify([place ?? null, error.extensions?.code ?? null]);
    })
    .sort();
}

function sameErrors(ours: ExecutionResult, stock: ExecutionResult, precision: Precision): boolean {
  return isDeepStrictEqual(described(ours, precision), described(stock, precision));
}

const NOBODY_ANSWERED = 'No subgraph answered this.';

const EXACTLY: Precision = { withIndices: true, beyondAnswer: true };

/** Whether our errors have the stock executor's places, but for indices, and for what in these was asked for no client. */
function beginAlike(ours: ExecutionResult, stock: ExecutionResult): boolean {
  const named = ({ errors = [] }: ExecutionResult) =>
    errors.map((error) => {
      const place = placeOf(error) ?? [];
      const names = place.filter((part) => typeof part === 'string' && part !== '@');
      return { place, names, code: error.extensions?.code };
    });
  const left = named(stock);
  const longestFirst = named(ours).sort((a, b) => b.names.length - a.names.length);
  const areThere = longestFirst.every(({ place, names, code }) => {
    const at = left.findIndex((other) => {
      const next = other.names[names.length];
      const isSame = other.code === code && names.every((name, index) => name === other.names[index]);
      return isSame && (next === undefined || answeredPart(ours.data, [...place, next], true)?.length === place.length);
    });
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return areThere && left.length === 0;
}

/** How errors differ in what they are about. */
function listedErrors(ours: ExecutionResult, stock: ExecutionResult): ListedDifference | undefined {
  if (sameErrors(ours, stock, { withIndices: true, beyondAnswer: false })) return 'unasked-field';
  return beginAlike(ours, stock) ? 'path-of-entity' : undefined;
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** Whether all that is in one answer is in the other, which may have more fields; where either may be null, that says nothing. */
function isWithin(less: unknown, more: unknown, mayBeNull = false): boolean {
  if (mayBeNull && (less === null || more === null)) return true;
  if (Array.isArray(less)) {
    return (
      Array.isArray(more) &&
      less.length === more.length &&
      less.every((each, at) => isWithin(each, more[at], mayBeNull))
    );
  }
  if (typeof less !== 'object' || less === null) return less === more;
  if (typeof more !== 'object' || more === null) return false;
  return Object.entries(less).every(([name, value]) =>
    isWithin(value, (more as Record<string, unknown>)[name], mayBeNull),
  );
}

/** What an operation has that the stock executor, or the planner, does not do justice to. */
export interface Excuses {
  readonly widens: boolean;
  readonly interfaceObjects: boolean;
  /** `@include` and `@skip`. */
  readonly hasConditions: boolean;
}

/** Compares what clients see: the data, and the paths and codes of errors, in whatever order the fetches ended. */
export function compare(
  { ours, stock, malformed }: Answers,
  { widens, interfaceObjects, hasConditions }: Excuses,
): Verdict {
  const gaveUp = stock === undefined || (stock.data === undefined && ours.data !== undefined);
  if (gaveUp && ours.data === undefined) return { same: false, why: 'no data at all' };
  if (gaveUp && !malformed) return { same: false, why: 'only the stock executor has no data' };
  if (gaveUp) return { same: true, listed: 'gave-up' };
  const sameData = isDeepStrictEqual(plain(ours.data), plain(stock.data));
  if (sameData && sameErrors(ours, stock, EXACTLY)) return { same: true };
  if (malformed && ours.data !== undefined) return { same: true, listed: 'malformed-answer' };
  let listed: ListedDifference | undefined;
  if (!sameData && widens && isWithin(stock.data, ours.data)) listed = 'narrowed-again';
  else if (!sameData && interfaceObjects && isWithin(stock.data, ours.data, true)) listed = 'kept-type';
  else if (!sameData) return { same: false, why: 'data' };
  const errors = listedErrors(ours, stock);
  if (errors) return { same: true, listed: listed ?? errors };
  // What is of a known type is asked for more, and more of it can fail.
  if (listed === 'kept-type') return { same: true, listed };
  const isSameWithout = (isLeftOut: (error: GraphQLError) => boolean) => {
    const errors = (ours.errors ?? []).filter((error) => error.message !== NOBODY_ANSWERED || !isLeftOut(error));
    const told = { ...ours, errors };
    return sameErrors(told, stock, EXACTLY) || listedErrors(told, stock) !== undefined;
  };
  const isInNothing = (error: GraphQLError) => answeredPart(ours.data, error.path, true) !== error.path;
  if (isSameWithout(isInNothing)) return { same: true, listed: 'in-nothing' };
  if (hasConditions && isSameWithout(() => true)) return { same: true, listed: 'left-out' };
  return { same: false, why: 'errors' };
}

export function shown({ data, errors }: ExecutionResult): string {
  return JSON.stringify(
    { data, errors: errors?.map(({ message, path, extensions }) => ({ message, path, code: extensions?.code })) },
    null,
    1,
  );
}
