import { after, type Soon } from '../batching/after.ts';
import { inTurns } from './in-turns.ts';

/** Who asked a flow for its next value, and is told one of these, once. */
export interface Taker<Value> {
  value(value: Value): void;
  end(): void;
  fail(error: unknown): void;
}

/** What several readers share of the values that they are told. */
export interface Preparation<Value> {
  /** Names these readers: the same object for all of them. */
  readonly group: object;
  /** Makes of a value what they share, so that it is there when each of them takes the value. What fails is told to them then. */
  prepare(value: Value): Soon<unknown>;
}

/** What a flow is made of. */
export interface FlowSource<Value> {
  /** Tells the taker within the call where there is something to tell. Called again only once its taker has been told. */
  take(taker: Taker<Value>): void;
  /** The reader has left: whoever waits is told of the end. May be called more than once. */
  leave(): void | Promise<void>;
  /** Lets a value that is for several readers be prepared before any of them is told it; where nothing can be, undefined. */
  prepareBy?: ((preparation: Preparation<Value>) => void) | undefined;
}

/**
 * A stream that can be read without promises. What one event costs for each of thousands of readers is mostly the promises
 * on its way to them, a few for each step; a value that is taken passes all steps in one call. Is read either by `take` or
 * as any other stream.
 */
export interface Flow<Value>
  extends AsyncGenerator<Value, void, undefined>,
    Pick<FlowSource<Value>, 'take' | 'prepareBy'> {}

export function flow<Value>({ take, leave, prepareBy }: FlowSource<Value>): Flow<Value> {
  const next = () =>
    new Promise<IteratorResult<Value, undefined>>((resolve, reject) => {
      take({
        value: (value) => resolve({ done: false, value }),
        end: () => resolve({ done: true, value: undefined }),
        fail: reject,
      });
    });
  const turns = inTurns(next, leave);
  return {
    take,
    prepareBy,
    next: turns.next,
    return: turns.return,
    async throw(error) {
      await leave();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Where the taker waits whom there is nothing to tell yet. Whoever is let go is told, and waits no more. */
export function waitingTaker<Value>() {
  let waiting: Taker<Value> | undefined;
  return {
    wait(taker: Taker<Value>): void {
      waiting = taker;
    },
    /** Undefined when nobody waits. */
    letGo(): Taker<Value> | undefined {
      const taker = waiting;
      waiting = undefined;
      return taker;
    },
  };
}

function isFlow<Value>(source: AsyncIterable<Value>): source is Flow<Value> {
  return 'take' in source;
}

/** Any stream as a flow. */
export function asFlow<Value>(source: AsyncIterable<Value>): Flow<Value> {
  if (isFlow(source)) return source;
  const iterator = source[Symbol.asyncIterator]();
  return flow({
    take(taker) {
      iterator.next().then(({ done, value }) => (done ? taker.end() : taker.value(value)), taker.fail);
    },
    async leave() {
      await iterator.return?.();
    },
  });
}

/**
 * Every value mapped, one at a time as it is asked for. When `map` fails, the source is left and the flow fails. `mapForAll` is
 * the part of `map` that its readers share: undefined where they share nothing of a value.
 */
export function mapFlow<From, To>(
  source: Flow<From>,
  map: (value: From) => Soon<To>,
  mapForAll?: (value: From) => Soon<To | undefined>,
): Flow<To> {
  let asked: Taker<To>;
  async function fail(error: unknown): Promise<void> {
    await source.return();
    asked.fail(error);
  }
  const found: Taker<From> = {
    value(value) {
      let mapped: Soon<To>;
      try {
        mapped = map(value);
      } catch (error) {
        return void fail(error);
      }
      if (mapped instanceof Promise) mapped.then(asked.value, fail);
      else asked.value(mapped);
    },
    end: () => asked.end(),
    fail: (error) => asked.fail(error),
  };
  return flow({
    take(taker) {
      asked = taker;
      source.take(found);
    },
    async leave() {
      await source.return();
    },
    prepareBy:
      mapForAll &&
      (({ group, prepare }) => {
        const prepareFrom = (value: From) =>
          after(mapForAll(value), (mapped) => (mapped === undefined ? undefined : prepare(mapped)));
        source.prepareBy?.({ group, prepare: prepareFrom });
      }),
  });
}

/** The same flow; `onEnd` is called once, when it ends, fails or is left. */
export function endingFlow<Value>(source: Flow<Value>, onEnd: () => void): Flow<Value> {
  let asked: Taker<Value>;
  let hasEnded = false;
  const end = () => {
    if (!hasEnded) onEnd();
    hasEnded = true;
  };
  const found: Taker<Value> = {
    value: (value) => asked.value(value),
    end() {
      end();
      asked.end();
    },
    fail(error) {
      end();
      asked.fail(error);
    },
  };
  return flow({
    take(taker) {
      asked = taker;
      source.take(found);
    },
    async leave() {
      end();
      await source.return();
    },
  });
}

/** What is done with what a flow brings. */
export interface FlowReader<Value> extends Pick<Taker<Value>, 'end' | 'fail'> {
  /** Answers whether the next one is wanted at once. */
  value(value: Value): Soon<boolean>;
  /** Whatever there was to tell at once has been told. */
  rest?(): void;
}

/** Call it to read on: value by value, for as long as the reader wants the next one. */
export function readFlow<Value>(source: Flow<Value>, reader: FlowReader<Value>): () => void {
  let isTaking = false;
  let isWanted = false;
  // Values that wait already come within `take`: asked for from there, they would lie on top of each other.
  function readOn(): void {
    isWanted = true;
    if (isTaking) return;
    isTaking = true;
    while (isWanted) {
      isWanted = false;
      source.take(taker);
    }
    isTaking = false;
    reader.rest?.();
  }
  const onAnswer = (wantsNext: boolean) => {
    if (wantsNext) readOn();
  };
  const taker: Taker<Value> = {
    value(value) {
      const answer = reader.value(value);
      if (answer instanceof Promise) answer.then(onAnswer, reader.fail);
      else onAnswer(answer);
    },
    end: reader.end,
    fail: reader.fail,
  };
  return readOn;
}
