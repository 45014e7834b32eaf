const LOOK_EVERY_MS = 500;

/** Answers how often a log may have looked by its clock since the call, at most: a slow machine gives it time for more. */
export function looksByTheClock(): () => number {
  const began = performance.now();
  return () => 1 + Math.ceil((performance.now() - began) / LOOK_EVERY_MS);
}
