export const FINISHED: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * What a reader of a stream holds on to, with one `take` at a time: what had to wait is looked at anew, and must not be overtaken
 * meanwhile. What fails ends the stream.
 */
export function inTurns<Value>(take: () => Promise<IteratorResult<Value, undefined>>, end: () => void | Promise<void>) {
  let lastTurn: Promise<unknown> = Promise.resolve();
  return {
    next(): Promise<IteratorResult<Value, undefined>> {
      const turn = lastTurn.then(take).catch(async (error: unknown) => {
        await end();
        throw error;
      });
      // Told to whoever asked for it; the next one begins all the same.
      lastTurn = turn.catch(() => {});
      return turn;
    },
    async return(): Promise<IteratorReturnResult<undefined>> {
      await end();
      return FINISHED;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
