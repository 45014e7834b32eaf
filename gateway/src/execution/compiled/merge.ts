import { ownCopy, type Part, SHARED_PART, SharedAnswer, sharedPartOf } from '@starling/platform/subgraph-server';
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

/** The same for an object of the data, whose properties are read by `readerOf`: its plain fields stay where they are. */
export function writableOfData(value: SharedAnswer): Dictionary {
  const parts = SharedAnswer.partsOf(value);
  if (!parts) return writable(value) as Dictionary;
  const own: Dictionary = {};
  referTo(own, value, parts);
  return own;
}

/** What stands under the name once an object or a list that is given is added to what is there. */
function valueWith(target: Dictionary, name: string, value: object): unknown {
  const there = Object.hasOwn(target, name) ? target[name] : undefined;
  // Two parts of a representation tell the very same, which may be everybody's.
  if (there === undefined || there === null || there === value) return value;
  if (Array.isArray(value)) return mergedList(there, value);
  return isDictionary(there) ? merged(there, value as Dictionary) : value;
}

/**
 * Adds what everybody gets to an object that has nothing of the kind yet. Its objects and lists are copied, since more may be
 * added to them; its plain fields are not, since a dozen of them would be, of each thing on each page: `readerOf` finds them.
 */
function referTo(target: Dictionary, source: SharedAnswer, parts: readonly Part[]): void {
  const fields = source as unknown as Dictionary;
  for (const name in target) {
    const value = fields[name];
    // What comes later holds: of a key it says the same, or nothing.
    if (value === undefined || value === target[name] || !Object.hasOwn(fields, name)) continue;
    if (typeof value !== 'object' || value === null) target[name] = value;
  }
  for (const { name, isFlat } of parts) {
    const part = fields[name] as object;
    target[name] = valueWith(target, name, isFlat ? { ...part } : ownCopy(part));
  }
  if (target.__typename === undefined && fields.__typename !== undefined) target.__typename = fields.__typename;
  (target as MayShare)[SHARED_PART] = source;
}

/** Makes its own what an object only refers to. */
function takeOver(target: Dictionary, part: SharedAnswer): void {
  const fields = part as unknown as Dictionary;
  for (const name in fields) if (!Object.hasOwn(target, name)) setOwn(target, name, fields[name]);
}

/**
 * Adds an answer to what is there. Objects are merged, lists of the same length element by element, and anything else is
 * replaced; what is there is never taken away by an absence.
 */
export function mergeInto(target: Dictionary, source: Dictionary): void {
  const shared = source instanceof SharedAnswer ? source : undefined;
  const parts = shared && SharedAnswer.partsOf(shared);
  const before = sharedPartOf(target);
  if (shared && parts && !before) {
    referTo(target, shared, parts);
    return;
  }
  if (before) takeOver(target, before);
  mergeFields(target, source, shared !== undefined);
  const part = sharedPartOf(source);
  if (part || before) (target as MayShare)[SHARED_PART] = part;
}

function mergeFields(target: Dictionary, source: Dictionary, isShared: boolean): void {
  // Answers have no properties but their own.
  for (const name in source) {
    const given = source[name];
    if (given === undefined) continue;
    const isObject = typeof given === 'object' && given !== null;
    setOwn(target, name, isObject ? valueWith(target, name, isShared ? ownCopy(given) : given) : given);
  }
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
