import { setTimeout as pause } from 'node:timers/promises';
import { type Flow, flow, type Preparation, type Taker } from '@starling/platform/live';
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
/** A stream that was there for this part of the patience, though it had nothing to tell, was found: its loss is a new one. */
const FOUND_AFTER = 2 / 3;
/** Who reads fewer than this between two times of being too slow is not catching up: the rest is skipped. */
const PROGRESS = 50;

/** Faults of ours, which may pass, as opposed to an answer to what was asked. */
const PASSING = new Set(['SUBGRAPH_UNAVAILABLE', 'INTERNAL_SERVER_ERROR']);

function isRefusal({ data, errors = [] }: FormattedExecutionResult): boolean {
  return !data && !errors.some(({ extensions }) => PASSING.has(String(extensions?.code)));
}

/** The subgraph went away: an event that says only so. */
function isLoss({ data, errors = [] }: FormattedExecutionResult): boolean {
  return !data && errors.some(({ extensions }) => extensions?.code === 'SUBGRAPH_UNAVAILABLE');
}

function isSlow(error: unknown): boolean {
  return error instanceof GraphQLError && error.extensions.code === 'SLOW_CLIENT';
}

/**
 * A client's stream that outlives the subgraph's: when that one is lost, or was read too slowly, it is asked for again
 * from behind the last event that was read, so that the client gets all of it, or a gap that the subgraph puts in its
 * place. Ends with `SUBGRAPH_UNAVAILABLE` when the subgraph stays away.
 */
export function resumableStream(first: SubgraphStream, options: ResumableStreamOptions): Flow<Taken> {
  const { subgraph, fetch, open, patienceMs = PATIENCE_MS } = options;
  let hasLeft = false;
  /** Ends the wait before the next attempt. */
  let pausing: AbortController | undefined;
  let asked: Taker<Taken>;
  let current: SubgraphStream | undefined = first;
  /** When it was opened, by `performance.now()`. */
  let openedAt = performance.now();
  let preparation: Preparation<Taken> | undefined;
  let place = fetch.start;
  let finished = false;
  let patienceEnds: number | undefined;
  let wait = FIRST_PAUSE_MS;
  let readSinceSlow = PROGRESS;

  /** What readers share is prepared wherever the stream comes from. */
  function prepareCurrent(): void {
    if (!preparation) return;
    const { group, prepare } = preparation;
    current?.prepareBy?.({ group, prepare: (event) => prepare(fetch.takeCursor(event)) });
  }

  function forgetLoss(): void {
    patienceEnds = undefined;
    wait = FIRST_PAUSE_MS;
  }

  function deliver(event: FormattedExecutionResult): void {
    const taken = fetch.takeCursor(event);
    if (taken.cursor !== undefined) place = { after: taken.cursor };
    forgetLoss();
    readSinceSlow++;
    asked.value(taken);
  }

  function finish(event: FormattedExecutionResult): void {
    finished = true;
    asked.value({ event, cursor: undefined });
  }

  function skip(): void {
    place = { after: readSinceSlow < PROGRESS ? null : place.after, gapReason: 'SLOW_CLIENT' };
    readSinceSlow = 0;
    current = undefined;
  }

  /** Waits a while before the next attempt; false when there is to be none. */
  async function lose(): Promise<boolean> {
    if (current && performance.now() - openedAt > patienceMs * FOUND_AFTER) forgetLoss();
    current = undefined;
    place = { gapReason: 'BROKER_RESTARTED', ...place };
    patienceEnds ??= performance.now() + patienceMs;
    if (performance.now() + wait > patienceEnds) return false;
    pausing = new AbortController();
    await pause(wait, undefined, { signal: pausing.signal }).catch(() => {});
    wait = Math.min(2 * wait, LONGEST_PAUSE_MS);
    return true;
  }

  /** Asks until there is a stream again to read, or nothing more to hope for. */
  async function reopen(): Promise<void> {
    while (!hasLeft) {
      const answer = await open(place);
      if (Symbol.asyncIterator in answer) {
        if (hasLeft) await answer.return();
        else {
          current = answer;
          openedAt = performance.now();
          prepareCurrent();
        }
        break;
      }
      if (hasLeft) break;
      if (isRefusal(answer)) return finish(answer);
      if (!(await lose())) return finish(unavailable(subgraph));
    }
    take(asked);
  }

  async function goOn(): Promise<void> {
    if (hasLeft) return asked.end();
    if (await lose()) await reopen();
    else finish(unavailable(subgraph));
  }

  const found: Taker<FormattedExecutionResult> = {
    value(event) {
      if (hasLeft) asked.end();
      else if (isLoss(event)) void goOn();
      else if (isRefusal(event)) finish(event);
      else deliver(event);
    },
    end: () => void goOn(),
    fail(error) {
      if (!isSlow(error) || hasLeft) return void goOn();
      skip();
      void reopen();
    },
  };

  function take(taker: Taker<Taken>): void {
    asked = taker;
    if (finished || hasLeft) taker.end();
    else if (current) current.take(found);
    else void reopen();
  }

  return flow({
    take,
    async leave() {
      hasLeft = true;
      pausing?.abort();
      await current?.return();
    },
    prepareBy(given) {
      preparation = given;
      prepareCurrent();
    },
  });
}
