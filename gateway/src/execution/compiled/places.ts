import type { ResponsePath } from '@apollo/query-planner';
import { SharedAnswer } from '@starling/platform/subgraph-server';
import { writableOfData } from './merge.ts';
import { readerOf } from './own.ts';
import { type Dictionary, isDictionary } from './run.ts';

/** The objects at one path of a plan, of which `@` stands for every element of a list. */
export interface Places {
  readonly path: ResponsePath;
  /** The objects that are there, for this run to add to, in the order of the data; what is null or of another shape is passed over. */
  find(data: Dictionary): Dictionary[];
  /** The paths of the same objects, in the same order, with indices in the place of `@`. */
  locate(data: Dictionary): ResponsePath[];
}

type Visit = (object: Dictionary, at: ResponsePath) => void;
type Walk = (value: unknown, at: ResponsePath, visit: Visit) => void;

/** What is there, as this run may change it. */
function writableIn(holder: object, key: string | number, there: unknown): unknown {
  if (!(there instanceof SharedAnswer)) return there;
  const own = writableOfData(there);
  (holder as Record<string | number, unknown>)[key] = own;
  return own;
}

/** `trail` is kept up to date only for who asks where things are: the hot path does not. */
function compileWalk(path: ResponsePath, index: number, trail: boolean): Walk {
  const element = path[index];
  if (element === undefined) {
    return (value, at, visit) => {
      if (isDictionary(value)) visit(value, at);
    };
  }
  const next = compileWalk(path, index + 1, trail);
  if (element === '@') {
    return (value, at, visit) => {
      if (!Array.isArray(value)) return;
      for (let i = 0; i < value.length; i++) {
        if (trail) at.push(i);
        next(writableIn(value, i, value[i]), at, visit);
        if (trail) at.pop();
      }
    };
  }
  const name = String(element);
  const read = readerOf(name);
  return (value, at, visit) => {
    if (!isDictionary(value)) return;
    if (trail) at.push(name);
    next(writableIn(value, name, read(value)), at, visit);
    if (trail) at.pop();
  };
}

export function placesAt(path: ResponsePath): Places {
  const walk = compileWalk(path, 0, false);
  const walkWithTrail = compileWalk(path, 0, true);
  return {
    path,
    find(data) {
      const found: Dictionary[] = [];
      walk(data, [], (object) => found.push(object));
      return found;
    },
    locate(data) {
      const found: ResponsePath[] = [];
      walkWithTrail(data, [], (_object, at) => found.push([...at]));
      return found;
    },
  };
}
