import type { Soon } from '../batching/after.ts';

/**
 * Every value of a stream, mapped one at a time as it is asked for, at once where `map` answers no promise. Unlike an async generator, ending it reaches the
 * source at once, also while a value is being waited for.
 */
export function mapStream<From, To>(
  source: AsyncIterable<From>,
  map: (value: From) => Soon<To>,
): AsyncGenerator<To, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  const end: IteratorReturnResult<void> = { done: true, value: undefined };
  return {
    async next() {
      const result = await iterator.next();
      if (result.done) return end;
      try {
        const value = map(result.value);
        return { done: false, value: value instanceof Promise ? await value : value };
      } catch (error) {
        await iterator.return?.();
        throw error;
      }
    },
    async return() {
      await iterator.return?.();
      return end;
    },
    async throw(error) {
      await iterator.return?.();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
