import type { ExecutionResult } from 'graphql';

type Path = readonly (string | number)[];

/** The paths of all nulls. */
function nullsIn(value: unknown, at: Path = []): Path[] {
  if (value === null) return [at];
  if (Array.isArray(value)) return value.flatMap((each, index) => nullsIn(each, [...at, index]));
  if (typeof value !== 'object') return [];
  return Object.entries(value as object).flatMap(([name, each]) => nullsIn(each, [...at, name]));
}

/** Whether one of two places is in the other; `@` is every element of a list. */
function isAround(one: Path, other: Path): boolean {
  for (let at = 0; at < Math.min(one.length, other.length); at++) {
    if (one[at] !== other[at] && !(one[at] === '@' && typeof other[at] === 'number')) return false;
  }
  return true;
}

/** Nothing, or nothing but things of which conditions leave nothing: there is no telling whether any subgraph was asked for them. */
function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === 'object' && Object.values(value).every(isNothing);
}

/** Whether there is nothing at the place in a whole answer either; or a list of another length, whose elements cannot be told. */
function isNullAsWell(whole: unknown, broken: unknown, [first, ...rest]: Path): boolean {
  if (isNothing(whole)) return true;
  if (first === undefined) return false;
  if (Array.isArray(whole) !== Array.isArray(broken)) return true;
  if (Array.isArray(whole) && whole.length !== (broken as unknown[]).length) return true;
  const [inWhole, inBroken] = [whole, broken].map((each) => (each as Record<string | number, unknown>)[first]);
  return isNullAsWell(inWhole, inBroken, rest);
}

/** As many errors as are told at most: nulls beyond them are told of by none. */
const MOST_TOLD = 100;

/**
 * Nulls of which no error tells, and that are none when nothing is wrong (`whole`). An error tells of what is in its place, and
 * of what has become null because of it.
 */
export function unexplainedNulls({ data, errors = [] }: ExecutionResult, whole: ExecutionResult | undefined): Path[] {
  if (data === undefined || errors.length >= MOST_TOLD || errors.some(({ path }) => path === undefined)) return [];
  return nullsIn(data).filter(
    (at) => !errors.some(({ path }) => isAround(path as Path, at)) && !isNullAsWell(whole?.data, data, at),
  );
}

/** Paths of errors about leaves that are there. */
export function needlessErrors({ data, errors = [] }: ExecutionResult): Path[] {
  const isThere = (value: unknown, [first, ...rest]: Path): boolean => {
    if (value === null || value === undefined) return false;
    if (typeof value !== 'object') return true;
    if (first === undefined) return false;
    if (first === '@' && Array.isArray(value)) return value.length > 0 && value.every((each) => isThere(each, rest));
    return isThere(Object.hasOwn(value, first) ? (value as Record<string | number, unknown>)[first] : undefined, rest);
  };
  return errors.flatMap(({ path }) => (path && isThere(data, path) ? [path] : []));
}
