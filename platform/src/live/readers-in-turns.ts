import { setImmediate as nextTurn } from 'node:timers/promises';
import { groupBy } from '../batching/group-by.ts';
import { within } from '../batching/within.ts';
import type { Preparation } from './flow.ts';
import { isForEverybody } from './for-everybody.ts';

/** What one reader is to be told. */
export interface Parcel<Value> {
  readonly values: readonly Value[];
  /** Of those with whom the reader shares what is made of a value; undefined where it shares nothing. */
  readonly preparation: Preparation<Value> | undefined;
  tell(): void;
}

/** Values are told in one turn of the event loop at most, but for those of one reader: what else there is to do comes in between. */
const TOLD_IN_A_TURN = 500;
/**
 * What takes longer to prepare is told as it is, and waited for by each reader. Whatever comes next is held up for so long at most:
 * the more readers are spared, the longer, and not by a few whose document takes its time.
 */
const LONGEST_PREPARATION_MS = 100;
const PREPARATION_MS_FOR_EACH = 1;

/** What is there for everybody is prepared for each of these readers, who are of one group. */
async function prepared<Value>(parcels: readonly Parcel<Value>[], { prepare }: Preparation<Value>): Promise<void> {
  const lists = new Set(parcels.map(({ values }) => values));
  const distinct = new Set([...lists].flat().filter(isForEverybody)) as Set<Value>;
  // What fails is told to each reader who takes it.
  const preparing = Promise.allSettled([...distinct].map(async (value) => prepare(value)));
  const patienceMs = Math.min(parcels.length * PREPARATION_MS_FOR_EACH, LONGEST_PREPARATION_MS);
  if (distinct.size > 0) await within(patienceMs, preparing);
}

/**
 * Tells readers what came together: all of it to one reader after the other, so that it may reach a reader together, and to those
 * of a group once it is prepared for the group. No group waits for another that takes longer.
 */
export function readersInTurns<Value>(): (parcels: readonly Parcel<Value>[]) => Promise<void> {
  let told = 0;
  let turn: Promise<void> | undefined;

  async function takeTurn(): Promise<void> {
    await nextTurn();
    told = 0;
    turn = undefined;
  }

  async function tell(parcels: readonly Parcel<Value>[]): Promise<void> {
    for (const parcel of parcels) {
      while (told >= TOLD_IN_A_TURN) {
        turn ??= takeTurn();
        await turn;
      }
      told += parcel.values.length;
      parcel.tell();
    }
  }

  return async (parcels) => {
    const groups = groupBy(parcels, ({ preparation }) => preparation?.group);
    let line: Promise<void> = Promise.resolve();
    await Promise.all(
      [...groups.values()].map(async (members) => {
        const [{ preparation }] = members;
        if (preparation) await prepared(members, preparation);
        line = line.then(() => tell(members));
        await line;
      }),
    );
  };
}
