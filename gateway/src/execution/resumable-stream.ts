import { setTimeout as pause } from 'node:timers/promises';
import type { SubgraphStream } from '@starling/platform/subgraph-server';
import { type FormattedExecutionResult, GraphQLError } from 'graphql';
import type { Place, ResumableFetch, Taken } from './resumable-fetch.ts';
import { unavailable } from './subgraph-source.ts';

export interface ResumableStreamOptions {
  readonly subgraph: string;
  readonly fetch: ResumableFetch;
  /** Asks the subgraph for the stream. Does not reject. */
  readonly open: (place: Place) => Promise<SubgraphStream | FormattedExecutionResult>;
  /** How long a stream may be lost before its client is told and it ends. */
  readonly patienceMs?: number;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
const PATIENCE_MS = 30_000;
/** Who reads fewer than this between two times of being too slow is not catching up: the rest is skipped. */
const PROGRESS = 50;

const END: IteratorReturnResult<void> = { done: true, value: undefined };

/** Faults of ours, which may pass, as opposed to an answer to what was asked. */
const PASSING = new Set(['SUBGRAPH_UNAVAILABLE', 'INTERNAL_SERVER_ERROR']);

function isRefusal({ data, errors = [] }: FormattedExecutionResult): boolean {
  return !data && !errors.some(({ extensions }) => PASSING.has(String(extensions?.code)));
}

/** The subgraph went away: an event that says only so. */
function isLoss({ data, errors = [] }: FormattedExecutionResult): boolean {
  return !data && errors.some(({ extensions }) => extensions?.code === 'SUBGRAPH_UNAVAILABLE');
}

/**
 * A client's stream that outlives the subgraph's: when that one is lost, or was read too slowly, it is asked for again
 * from behind the last event that was read, so that the client gets all of it, or a gap that the subgraph puts in its
 * place. Ends with `SUBGRAPH_UNAVAILABLE` when the subgraph stays away.
 */
export function resumableStream(
  first: SubgraphStream,
  options: ResumableStreamOptions,
): AsyncGenerator<Taken, void, undefined> {
  const { subgraph, fetch, open, patienceMs = PATIENCE_MS } = options;
  const left = new AbortController();
  let current: SubgraphStream | undefined = first;
  let place = fetch.start;
  let finished = false;
  let patienceEnds: number | undefined;
  let wait = FIRST_PAUSE_MS;
  let readSinceSlow = PROGRESS;

  function deliver(event: FormattedExecutionResult): IteratorResult<Taken, void> {
    const taken = fetch.takeCursor(event);
    if (taken.cursor !== undefined) place = { after: taken.cursor };
    patienceEnds = undefined;
    wait = FIRST_PAUSE_MS;
    readSinceSlow++;
    return { done: false, value: taken };
  }

  function finish(event: FormattedExecutionResult): IteratorResult<Taken, void> {
    finished = true;
    return { done: false, value: { event, cursor: undefined } };
  }

  function skip(): void {
    place = { after: readSinceSlow < PROGRESS ? null : place.after, gapReason: 'SLOW_CLIENT' };
    readSinceSlow = 0;
    current = undefined;
  }

  /** Waits a while before the next attempt; false when there is to be none. */
  async function lose(): Promise<boolean> {
    current = undefined;
    place = { gapReason: 'BROKER_RESTARTED', ...place };
    patienceEnds ??= performance.now() + patienceMs;
    if (performance.now() + wait > patienceEnds) return false;
    await pause(wait, undefined, { signal: left.signal }).catch(() => {});
    wait = Math.min(2 * wait, LONGEST_PAUSE_MS);
    return true;
  }

  async function reopen(): Promise<FormattedExecutionResult | undefined> {
    const answer = await open(place);
    if (!(Symbol.asyncIterator in answer)) return answer;
    current = answer;
    if (left.signal.aborted) await answer.return();
    return undefined;
  }

  /** The next event of the present stream, or how it ended. */
  async function read(stream: SubgraphStream): Promise<FormattedExecutionResult | 'lost' | 'slow'> {
    try {
      const result = await stream.next();
      return result.done || isLoss(result.value) ? 'lost' : result.value;
    } catch (error) {
      return error instanceof GraphQLError && error.extensions.code === 'SLOW_CLIENT' ? 'slow' : 'lost';
    }
  }

  return {
    async next() {
      while (!finished && !left.signal.aborted) {
        const answer = current ? undefined : await reopen();
        if (answer && isRefusal(answer)) return finish(answer);
        const event = current && !answer ? await read(current) : 'lost';
        if (left.signal.aborted) break;
        if (event === 'slow') skip();
        else if (event !== 'lost') return isRefusal(event) ? finish(event) : deliver(event);
        else if (!(await lose())) return finish(unavailable(subgraph));
      }
      return END;
    },
    async return() {
      left.abort();
      await current?.return();
      return END;
    },
    async throw(error) {
      left.abort();
      await current?.return();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
