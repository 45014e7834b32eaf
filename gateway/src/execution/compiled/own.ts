import type { Dictionary } from './run.ts';

/** Reads one property of an object of unknown make. */
export type Reader = (from: Dictionary) => unknown;

/** Names that an object has without anybody having given them to it: `constructor`, `__proto__`, `toString`. */
function isInherited(name: string): boolean {
  return name in Object.prototype;
}

/** Compiled once for a name, so that only the names that need it pay for the look whether the property is its own. */
export function readerOf(name: string): Reader {
  if (!isInherited(name)) return (from) => from[name];
  return (from) => (Object.hasOwn(from, name) ? from[name] : undefined);
}

/** Sets a property of its own, whatever its name, `__proto__` included. */
export function setOwn(target: Dictionary, name: string, value: unknown): void {
  if (isInherited(name) && !Object.hasOwn(target, name)) {
    Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true });
  } else {
    target[name] = value;
  }
}
