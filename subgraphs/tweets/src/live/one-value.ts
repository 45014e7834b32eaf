/**
 * A stream of one value, which stays open until its reader leaves: there is nothing more to come. As long as it is open its
 * end is among `endings`.
 */
export function oneValue<Value>(value: Value, endings: Set<() => void>): AsyncIterableIterator<Value, undefined> {
  const finished: IteratorReturnResult<undefined> = { done: true, value: undefined };
  let isTold = false;
  let resolveEnded = () => {};
  const ended = new Promise<void>((resolve) => {
    resolveEnded = resolve;
  });
  const end = () => {
    endings.delete(end);
    resolveEnded();
  };
  endings.add(end);
  return {
    async next() {
      if (!isTold) {
        isTold = true;
        return { done: false, value };
      }
      await ended;
      return finished;
    },
    async return() {
      end();
      return finished;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
