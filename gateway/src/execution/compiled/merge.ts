import { setOwn } from './own.ts';
import { type Dictionary, isDictionary } from './run.ts';

/**
 * Adds an answer to what is there. Objects are merged, lists of the same length element by element, and anything else is
 * replaced; what is there is never taken away by an absence.
 */
export function mergeInto(target: Dictionary, source: Dictionary): void {
  for (const name of Object.keys(source)) {
    const value = source[name];
    if (value === undefined) continue;
    const there = Object.hasOwn(target, name) ? target[name] : undefined;
    if (there === undefined || there === null || typeof value !== 'object' || value === null)
      setOwn(target, name, value);
    else if (Array.isArray(value)) setOwn(target, name, mergedList(there, value));
    else if (isDictionary(there)) mergeInto(there, value as Dictionary);
    else setOwn(target, name, value);
  }
}

function mergedList(there: unknown, list: unknown[]): unknown[] {
  if (!Array.isArray(there) || there.length !== list.length) return list;
  for (const [at, value] of list.entries()) {
    const element: unknown = there[at];
    if (isDictionary(element) && isDictionary(value)) mergeInto(element, value);
    else if (Array.isArray(element) && Array.isArray(value)) there[at] = mergedList(element, value);
    else there[at] = value;
  }
  return there;
}
