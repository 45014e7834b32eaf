/** Turns of the event loop in which more may come to one run, at most. */
const MOST_TURNS = 8;

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
  let asked = 0;

  /** Whoever asks in this turn of the event loop is still in time, and in the next one as long as each brings somebody. */
  async function gather(): Promise<void> {
    for (let known = 0, turn = 0; asked > known && turn < MOST_TURNS; turn++) {
      known = asked;
      await nextTurn();
    }
  }

  return () => {
    asked++;
    if (next) return next;
    const before = running;
    const run = (before ?? Promise.resolve())
      // How the run before ended is the business of those who asked for it.
      .catch(() => {})
      // Where somebody was answered, what came meanwhile has yet to be read from its sockets.
      .then(() => before && nextTurn())
      .then(gather)
      .then(() => {
        next = undefined;
        asked = 0;
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
