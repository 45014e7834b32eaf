import { type ASTNode, type GraphQLError, locatedError } from 'graphql';

/**
 * An object or a list that is being answered, and its place in what holds it. Places are kept instead of paths, which only
 * errors need; and instead of promises of parts, so that what must not be null and is takes its surroundings away at once.
 */
export interface Frame {
  readonly parent: Frame | undefined;
  /** Of the place in `parent`. */
  readonly key: string | number;
  readonly nonNull: boolean;
  readonly value: Record<string | number, unknown>;
  /** Whether it has become null, or the whole around it: nothing that is still found out matters. */
  dead: boolean;
}

/** What errors need to know of the run in which they happen. */
export interface Failures {
  readonly errors: GraphQLError[];
}

export function frameAt(
  parent: Frame | undefined,
  key: string | number,
  nonNull: boolean,
  value: Record<string | number, unknown>,
): Frame {
  return { parent, key, nonNull, value, dead: false };
}

export function isDead(frame: Frame): boolean {
  for (let at: Frame | undefined = frame; at; at = at.parent) if (at.dead) return true;
  return false;
}

function pathTo(frame: Frame, key: string | number): (string | number)[] {
  const path = [key];
  for (let at = frame; at.parent; at = at.parent) path.push(at.key);
  return path.reverse();
}

/** Makes the place null, or the nearest around it that may be, and tells why; unless it is gone already. */
export function fail(
  { errors }: Failures,
  frame: Frame,
  key: string | number,
  nonNull: boolean,
  error: unknown,
  nodes: readonly ASTNode[],
): void {
  if (isDead(frame)) return;
  errors.push(locatedError(error, nodes, pathTo(frame, key)));
  if (!nonNull) {
    frame.value[key] = null;
    return;
  }
  let at = frame;
  at.dead = true;
  while (at.parent && at.nonNull) {
    at = at.parent;
    at.dead = true;
  }
  if (at.parent) at.parent.value[at.key] = null;
}
