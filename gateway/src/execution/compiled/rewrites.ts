import type { FetchDataRewrite } from '@apollo/query-planner';
import { readerOf, setOwn } from './own.ts';
import { type Dictionary, isDictionary } from './run.ts';
import type { TypeCondition } from './type-conditions.ts';

/** Changes a representation before it is sent, or an answer before it is merged, in place. */
export type Rewrite = (value: unknown) => void;

const FRAGMENT = '... on ';

function rewriteHere(rewrite: FetchDataRewrite, name: string): (object: Dictionary) => void {
  if (rewrite.kind === 'ValueSetter') return (object) => setOwn(object, name, rewrite.setValueTo);
  const read = readerOf(name);
  return (object) => {
    const value = read(object);
    // A thing of another type has none of the name.
    if (value === undefined) return;
    setOwn(object, rewrite.renameKeyTo, value);
    object[name] = undefined;
  };
}

function atEach(value: unknown, work: (object: Dictionary) => void): void {
  if (Array.isArray(value)) for (const element of value) atEach(element, work);
  else if (isDictionary(value)) work(value);
}

function compileAt(
  path: readonly string[],
  conditionOn: (typeName: string) => TypeCondition,
  last: (object: Dictionary) => void,
): (object: Dictionary) => void {
  const [first, ...rest] = path;
  if (first === undefined) return last;
  const next = compileAt(rest, conditionOn, last);
  if (!first.startsWith(FRAGMENT)) {
    const read = readerOf(first);
    return (object) => atEach(read(object), next);
  }
  const applies = conditionOn(first.slice(FRAGMENT.length));
  // Not every object tells its type. The planner counts on a rewrite being made where that is so.
  return (object) => {
    if (!object.__typename || applies(object.__typename)) next(object);
  };
}

/** All rewrites of a fetch in one; without any, undefined. */
export function compileRewrites(
  rewrites: readonly FetchDataRewrite[] | undefined,
  conditionOn: (typeName: string) => TypeCondition,
): Rewrite | undefined {
  const compiled = (rewrites ?? []).flatMap((rewrite) => {
    const name = rewrite.path.at(-1);
    if (name === undefined) return [];
    return [compileAt(rewrite.path.slice(0, -1), conditionOn, rewriteHere(rewrite, name))];
  });
  if (compiled.length === 0) return undefined;
  return (value) => {
    for (const rewrite of compiled) atEach(value, rewrite);
  };
}
