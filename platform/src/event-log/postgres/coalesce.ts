function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * Runs `task` for all who ask, one run at a time, and never answers with a run that began before the question: who asks
 * while one is under way shares the next.
 */
export function coalesced<Result>(task: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<unknown> | undefined;
  let next: Promise<Result> | undefined;
  return () => {
    if (next) return next;
    const before = running;
    // How the run before ended is the business of those who asked for it.
    const run = (before ?? Promise.resolve())
      .catch(() => {})
      // Whoever asks in this turn of the event loop is still in time.
      .then(nextTurn)
      // And in the next one, where somebody was answered: what came meanwhile has yet to be read from its sockets.
      .then(() => before && nextTurn())
      .then(() => {
        next = undefined;
        running = run;
        return task();
      })
      .finally(() => {
        if (running === run) running = undefined;
      });
    next = run;
    return run;
  };
}
