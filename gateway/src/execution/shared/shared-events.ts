import { randomUUID } from 'node:crypto';
import { after, type Soon } from '@starling/platform/batching';
import { type Identity, signedOut } from '@starling/platform/identity';
import type { SharedReading } from '@starling/platform/subgraph-server';
import type { DocumentNode, ExecutionResult, FormattedExecutionResult } from 'graphql';
import type { PlannedOperation } from '../planned-operations.ts';
import type { Taken } from '../resumable-fetch.ts';
import type { Supergraph } from '../supergraph.ts';
import { sameForAll } from './same-for-all.ts';
import { sharedVariables } from './shared-variables.ts';

/** An event as its subscribers get it: what follows in a `next` message when its payload begins, as UTF-8. */
export class EventText {
  readonly rest: Uint8Array;

  constructor(payload: string) {
    this.rest = Buffer.from(`${payload}}`);
  }
}

/** Adds to an event what other subgraphs know, as the one who is given sees it. Whoever is asked may change the event. */
export type Hydrate = (event: FormattedExecutionResult, as: Identity) => Promise<ExecutionResult>;

/** Subscribers to whom events say the same: of one document and the same variables, and of one scope. */
export interface SharedGroup {
  readonly reading: SharedReading;
  /** The event as all of the group get it, hydrated once; undefined when each has to be hydrated for itself. */
  textOf(taken: Taken, hydrate: Hydrate): Soon<EventText | undefined>;
  leave(): void;
}

export interface SharedEvents {
  /** Undefined when variables are too many to be compared. */
  join(
    operation: PlannedOperation,
    operationName: string | null | undefined,
    identity: Identity,
    variables: Readonly<Record<string, unknown>>,
  ): SharedGroup | undefined;
  /** Groups that have subscribers. */
  size(): number;
}

/** What was hydrated for one is not given to another later than this. */
const SHARED_FOR_MS = 1_000;
/** Events that are kept for a group. */
const KEPT_EVENTS = 64;
const MOST_VARIABLES_CHARACTERS = 4_096;

/** Stands in hydrated text for the cursor, which may be of one subscriber alone. Nobody can write it: it is of this process. */
const CURSOR = `cursor ${randomUUID()}`;

interface Hydrated {
  readonly at: number;
  /** Between each two parts stands the cursor. */
  parts: Soon<readonly string[] | undefined>;
  last?: { readonly cursor: string; readonly text: EventText };
}

/** What an event says beside its cursor; the same object says the same. */
function wordsOf(): (taken: Taken) => string {
  const known = new WeakMap<Taken, string>();
  return (taken) => {
    let words = known.get(taken);
    if (words === undefined) {
      const { cursor, event } = taken;
      const [key, update] = Object.entries(event.data ?? {})[0] ?? ['', null];
      const blanked = Object.entries(update as object).map(([name, value]) => [
        name,
        value === cursor ? CURSOR : value,
      ]);
      words = JSON.stringify({ [key]: Object.fromEntries(blanked) });
      known.set(taken, words);
    }
    return words;
  };
}

const nulls = (data: object | null | undefined): number => {
  const [update] = Object.values(data ?? {});
  return typeof update === 'object' && update !== null
    ? Object.values(update).filter((value) => value === null).length
    : Number.POSITIVE_INFINITY;
};

/**
 * Hydrates an event once for all subscribers of a group, and makes their text of it once. Where a document asks for nothing
 * that depends on who asks, the group is everybody, and it is hydrated signed out: nothing that one subscriber may see and
 * another may not is ever in it. What is hidden from who is signed out is hydrated for each. Otherwise a group is of one
 * session. Whether a subscriber is told of an event at all is decided for each, by the subgraph whose stream it is.
 */
export function sharedEvents({ sdl, schema }: Pick<Supergraph, 'sdl' | 'schema'>): SharedEvents {
  const isSameForAll = sameForAll(sdl, schema);
  const known = new WeakMap<PlannedOperation, { readonly isForAll: boolean; readonly names: readonly string[] }>();
  const groups = new Map<PlannedOperation, Map<string, SharedGroup & { members: number }>>();
  const textOf = wordsOf();

  function aboutOperation(operation: PlannedOperation, operationName: string | null | undefined) {
    const found = known.get(operation) ?? {
      isForAll: isSameForAll(operation.document as DocumentNode),
      names: sharedVariables(operation.document, operationName),
    };
    known.set(operation, found);
    return found;
  }

  function openGroup(as: Identity, onEmpty: () => void): SharedGroup & { members: number } {
    const events = new Map<string, Hydrated>();

    async function hydrated(words: string, hydrate: Hydrate): Promise<readonly string[] | undefined> {
      const data = JSON.parse(words);
      const expected = nulls(data);
      const { data: full, errors } = await hydrate({ data }, as);
      // What failed, or is not there, may be for somebody else.
      if (errors || nulls(full) > expected) return undefined;
      return JSON.stringify({ data: full }).split(CURSOR);
    }

    function entryOf(words: string, hydrate: Hydrate): Hydrated {
      const found = events.get(words);
      if (found && performance.now() - found.at <= SHARED_FOR_MS) return found;
      const entry: Hydrated = { at: performance.now(), parts: hydrated(words, hydrate) };
      // There for all but the first.
      void after(entry.parts, (parts) => {
        entry.parts = parts;
      });
      events.delete(words);
      events.set(words, entry);
      const [oldest] = events.keys();
      if (events.size > KEPT_EVENTS && oldest !== undefined) events.delete(oldest);
      return entry;
    }

    return {
      members: 0,
      reading: { group: events, as },
      textOf(taken, hydrate) {
        const { cursor, event } = taken;
        if (cursor === undefined || event.errors || !event.data) return undefined;
        const entry = entryOf(textOf(taken), hydrate);
        return after(entry.parts, (parts) => {
          if (!parts) return undefined;
          if (entry.last?.cursor !== cursor) {
            entry.last = { cursor, text: new EventText(parts.join(JSON.stringify(cursor).slice(1, -1))) };
          }
          return entry.last.text;
        });
      },
      leave() {
        this.members--;
        if (this.members === 0) onEmpty();
      },
    };
  }

  return {
    join(operation, operationName, identity, variables) {
      const { isForAll, names } = aboutOperation(operation, operationName);
      const values = JSON.stringify(names.map((name) => variables[name] ?? null));
      if (values.length > MOST_VARIABLES_CHARACTERS) return undefined;
      const scope = isForAll ? 'all' : (identity.viewer?.sessionId ?? 'signed out');
      const key = `${scope} ${values}`;
      const ofOperation = groups.get(operation) ?? new Map();
      groups.set(operation, ofOperation);
      let group = ofOperation.get(key);
      if (!group) {
        const as = isForAll ? signedOut(identity.requestId) : identity;
        group = openGroup(as, () => {
          ofOperation.delete(key);
          if (ofOperation.size === 0) groups.delete(operation);
        });
        ofOperation.set(key, group);
      }
      group.members++;
      return group;
    },
    size: () => [...groups.values()].reduce((sum, { size }) => sum + size, 0),
  };
}
