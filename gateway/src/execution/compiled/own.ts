import { SHARED_PART, type SharedAnswer } from '@starling/platform/subgraph-server';
import type { Dictionary } from './run.ts';

/** Reads one property of an object of unknown make. */
export type Reader = (from: Dictionary) => unknown;

/** Names that an object has without anybody having given them to it: `constructor`, `__proto__`, `toString`. */
function isInherited(name: string): boolean {
  return name in Object.prototype;
}

/** What an object of the data has of an answer that everybody gets. */
function ofPart(from: Dictionary): Dictionary | undefined {
  return (from as { [SHARED_PART]?: SharedAnswer })[SHARED_PART] as Dictionary | undefined;
}

/**
 * Compiled once for a name, so that only the names that need it pay for the look whether the property is its own. What an object
 * has not itself it may have of its shared part (`merge.ts`).
 */
export function readerOf(name: string): Reader {
  if (!isInherited(name)) {
    return (from) => {
      const value = from[name];
      return value === undefined ? ofPart(from)?.[name] : value;
    };
  }
  const own = (from: Dictionary | undefined) => (from && Object.hasOwn(from, name) ? from[name] : undefined);
  return (from) => {
    const value = own(from);
    return value === undefined ? own(ofPart(from)) : value;
  };
}

/** Sets a property of its own, whatever its name, `__proto__` included. */
export function setOwn(target: Dictionary, name: string, value: unknown): void {
  if (isInherited(name) && !Object.hasOwn(target, name)) {
    Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true });
  } else {
    target[name] = value;
  }
}
