import { openSync } from 'node:fs';
import { devNull } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from '../../scripts/build.mjs';
import type { Account, Outcome } from './account.ts';
import { Circle } from './circle.ts';
import { crash } from './crash.ts';
import { describe as describeFinding, findingOf } from './finding.ts';
import { newTally, sum } from './tally.ts';
import { possibleShape, startWorld, type World } from './world.ts';

const SEED = 20_260_101;
const shape = possibleShape();
const everything = shape.redis !== 'none' && shape.kafka > 0;
/** Where engines are missing fewer processes are struck, and the rest is proven where they are not. */
const KILLS = everything ? 25 : 10;
const on = everything ? 'PostgreSQL, Redis and Kafka' : 'what this machine has';

describe(`the product as processes of its own, on ${on}`, () => {
  let world: World;
  beforeAll(async () => {
    build();
    world = await startWorld({ shape, logLevel: 'silent', output: openSync(devNull, 'w') });
  }, 300_000);
  afterAll(() => world?.stop());

  test(`after ${KILLS} kills everything acknowledged is there, and every page is right`, {
    timeout: 900_000,
  }, async () => {
    const { findings, strikes, tally } = await crash({
      world,
      kills: KILLS,
      seed: SEED,
      circles: 3,
      circleLength: 40,
      killsBetweenComparisons: KILLS,
      writesBetweenKills: 5,
      patienceMs: 5_000,
      cheapWrites: 15,
      cheapWithinMs: 200,
      longestPauseBetweenWritesMs: 30,
    });
    expect(findings.map(describeFinding), `seed ${SEED}`).toEqual([]);
    expect(strikes).toHaveLength(KILLS);
    expect(new Set(tally.struck.keys())).toEqual(new Set(world.victims.map(({ kind }) => kind)));
    expect(sum(tally.acknowledged)).toBeGreaterThan(KILLS);
    expect(tally.stream.delivered).toBeGreaterThan(0);
  });

  /** A circle of which one write is only claimed to have been acknowledged. */
  async function lyingCircle(kind: string, claim: (account: Account) => Outcome, number: number): Promise<Circle> {
    let lies = 1;
    const { gateways } = world;
    return Circle.create({
      ...{ number, seed: SEED, gateways, tally: newTally(), length: 0, longestPauseMs: 0 },
      async send(account, step) {
        if (step.kind !== kind || lies === 0) return account.perform(step);
        lies -= 1;
        return claim(account);
      },
    });
  }

  test('a follow that was never sent is found, and named', async () => {
    const circle = await lyingCircle('follow', () => ({ codes: [], madeId: undefined, unsure: false }), 1_001);
    while (!circle.isDone) await circle.step();
    await circle.callOut();
    const error: unknown = await circle.compare().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const { what, writes } = findingOf(error, { strikes: [], journal: circle.journal });
    expect(what).toMatch(/^home of c101_1001_\d, forwards: .*\nmissing: \{"tweet"/s);
    expect(writes.join('\n')).toMatch(/post .*: acknowledged as \d+$/);
    await circle.close();
  });

  test('a tweet that was never sent is found, and named', async () => {
    // The id of an account is no tweet.
    const circle = await lyingCircle('post', ({ id }) => ({ codes: [], madeId: id, unsure: false }), 1_002);
    while (!circle.isDone) await circle.step();
    await circle.callOut();
    const error: unknown = await circle.compare().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const { writes } = findingOf(error, { strikes: [], journal: circle.journal });
    expect(writes.join('\n')).toMatch(/c101_1002_0 \(\d+\) post .*: acknowledged as \d+$/m);
    await circle.close();
  });
});
