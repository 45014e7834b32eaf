import { describe, expect, it } from 'vitest';
import type { Preparation } from './flow.ts';
import { forEverybody } from './for-everybody.ts';
import { type Parcel, readersInTurns } from './readers-in-turns.ts';

interface Value {
  readonly number: number;
}

const everybodys = (number: number): Value => forEverybody({ number });

/** A promise, and what resolves it. */
function later() {
  let come = () => {};
  const coming = new Promise<void>((resolve) => {
    come = resolve;
  });
  return { coming, come };
}

/** Readers, and what they are told, each told of all of theirs. */
function readersOf(log: string[]) {
  return (name: string, values: readonly Value[], preparation?: Preparation<Value>): Parcel<Value> => ({
    values,
    preparation,
    tell: () => log.push(`${name} ${values.map(({ number }) => number).join()}`),
  });
}

describe('readers', () => {
  it('are told reader by reader, each of all that came together, at once where nothing is shared', async () => {
    const log: string[] = [];
    const reader = readersOf(log);
    const telling = readersInTurns<Value>()([
      reader('a', [everybodys(1), everybodys(2)]),
      reader('b', [everybodys(2)]),
    ]);
    await Promise.resolve();
    expect(log).toEqual(['a 1,2', 'b 2']);
    await telling;
  });

  it('are told what they share once all of it is prepared, each value once for a group', async () => {
    const log: string[] = [];
    const reader = readersOf(log);
    const { coming, come } = later();
    const preparation: Preparation<Value> = {
      group: {},
      prepare({ number }) {
        log.push(`prepare ${number}`);
        return coming;
      },
    };
    const values = [everybodys(1), everybodys(2)];
    // What is one reader's own is nobody else's to prepare.
    const own = { number: 3 };
    const telling = readersInTurns<Value>()([
      reader('a', values, preparation),
      reader('b', [...values, own], { ...preparation }),
    ]);
    expect(log).toEqual(['prepare 1', 'prepare 2']);
    come();
    await telling;
    expect(log).toEqual(['prepare 1', 'prepare 2', 'a 1,2', 'b 1,2,3']);
  });

  it('do not wait for what is not prepared soon, nor for another group', async () => {
    const log: string[] = [];
    const reader = readersOf(log);
    const never = new Promise<void>(() => {});
    const telling = readersInTurns<Value>()([
      reader('slow', [everybodys(1)], { group: {}, prepare: () => never }),
      reader('quick', [everybodys(1)], { group: {}, prepare: () => {} }),
      reader('failing', [everybodys(1)], {
        group: {},
        prepare() {
          throw new Error('bad');
        },
      }),
      reader('alone', [everybodys(1)]),
    ]);
    await telling;
    expect([...log].sort()).toEqual(['alone 1', 'failing 1', 'quick 1', 'slow 1']);
    expect(log.at(-1)).toBe('slow 1');
  });

  it('let the rest of the process have its turn in between, and lose their place to nobody', async () => {
    const log: string[] = [];
    const reader = readersOf(log);
    const tell = readersInTurns<Value>();
    const values = Array.from({ length: 10 }, (_, number) => everybodys(number));
    const toldAtTurns: number[] = [];
    let isTelling = true;
    const watch = () => {
      toldAtTurns.push(log.length);
      if (isTelling) setImmediate(watch);
    };
    setImmediate(watch);
    await tell(Array.from({ length: 1_000 }, (_, at) => reader(String(at), values)));
    isTelling = false;
    expect(log.map((line) => Number(line.split(' ')[0]))).toEqual(Array.from({ length: 1_000 }, (_, at) => at));
    const inOneTurn = toldAtTurns.map((told, at) => told - (toldAtTurns[at - 1] ?? 0));
    expect(Math.max(...inOneTurn)).toBeLessThanOrEqual(50);
    expect(toldAtTurns.length).toBeGreaterThanOrEqual(19);
  });

  it('of several calls share the turns that they take', async () => {
    const log: string[] = [];
    const reader = readersOf(log);
    const tell = readersInTurns<Value>();
    const values = Array.from({ length: 100 }, (_, number) => everybodys(number));
    const atOnce = Promise.all(
      ['a', 'b', 'c'].map((name) => tell(Array.from({ length: 10 }, () => reader(name, values)))),
    );
    const toldAtTurns = [0];
    for (let isTelling = true; isTelling; ) {
      isTelling = log.length < 30;
      await new Promise((resolve) => setImmediate(resolve));
      toldAtTurns.push(log.length);
    }
    await atOnce;
    const inOneTurn = toldAtTurns.slice(1).map((told, at) => told - (toldAtTurns[at] ?? 0));
    // A turn of the test's own may lie on either side of one of theirs.
    expect(Math.max(...inOneTurn)).toBeLessThanOrEqual(10);
  });
});
