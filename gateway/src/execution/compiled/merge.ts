import { ownCopy, SHARED_PART, SharedAnswer, sharedPartOf } from '@starling/platform/subgraph-server';
import { setOwn } from './own.ts';
import { type Dictionary, isDictionary } from './run.ts';

/** An object of the data with what it shares with others' data: all that it has of it is still the same. */
type MayShare = { [SHARED_PART]?: SharedAnswer | undefined };

/** A value of an answer as this run may have it: what everybody gets is copied before anything is added to it. */
export function writable(value: unknown): unknown {
  if (!(value instanceof SharedAnswer)) return value;
  const copy = ownCopy(value) as unknown as Dictionary;
  (copy as MayShare)[SHARED_PART] = value;
  return copy;
}

/**
 * Adds an answer to what is there. Objects are merged, lists of the same length element by element, and anything else is
 * replaced; what is there is never taken away by an absence.
 */
export function mergeInto(target: Dictionary, source: Dictionary): void {
  const isShared = source instanceof SharedAnswer;
  // Answers have no properties but their own.
  for (const name in source) {
    const given = source[name];
    if (given === undefined) continue;
    if (typeof given !== 'object' || given === null) {
      setOwn(target, name, given);
      continue;
    }
    const there = Object.hasOwn(target, name) ? target[name] : undefined;
    const value: unknown = isShared ? ownCopy(given) : given;
    if (there === undefined || there === null) setOwn(target, name, value);
    else if (Array.isArray(value)) setOwn(target, name, mergedList(there, value));
    else if (isDictionary(there)) setOwn(target, name, merged(there, value as Dictionary));
    else setOwn(target, name, value);
  }
  const part = sharedPartOf(source);
  if (part || sharedPartOf(target)) (target as MayShare)[SHARED_PART] = part;
}

function merged(there: Dictionary, value: Dictionary): Dictionary {
  const target = writable(there) as Dictionary;
  mergeInto(target, value);
  return target;
}

function mergedList(there: unknown, list: unknown[]): unknown[] {
  if (!Array.isArray(there) || there.length !== list.length) return list;
  for (const [at, value] of list.entries()) {
    const element: unknown = there[at];
    if (isDictionary(element) && isDictionary(value)) there[at] = merged(element, value);
    else if (Array.isArray(element) && Array.isArray(value)) there[at] = mergedList(element, value);
    else there[at] = value;
  }
  return there;
}
