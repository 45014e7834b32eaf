import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { RunningStarling } from '../support/starling.ts';
import { act } from './act.ts';
import type { Person } from './client.ts';
import { acquaintance, type Command, commands } from './commands.ts';
import { compareEverything, compareHome, compareTweets } from './compare.ts';
import { compareNotifications } from './compare-notifications.ts';
import { compareHomeWithPopular } from './compare-popular-home.ts';
import { Model } from './model.ts';
import { newStreamTally, type StreamTally } from './owed.ts';
import { type Watcher, watcherOf } from './watcher.ts';

const ACCOUNTS = 5;
/** So low that accounts are pulled and pushed in turn. */
export const PUSH_FOLLOWER_LIMIT = 1;
const COMMANDS = 60;
/** In half of the stories everybody follows everybody to begin with. */
const scripts = fc
  .tuple(fc.boolean(), commands(ACCOUNTS, COMMANDS))
  .map(([acquainted, script]) => [...(acquainted ? acquaintance(ACCOUNTS) : []), ...script]);
/** `ORACLE_RUNS=500 ORACLE_SEED=7 npx vitest run tests/oracle` looks further. */
const RUNS = process.env.ORACLE_RUNS;
const SEED = Number(process.env.ORACLE_SEED ?? 20_260_101);

/** Streams catch up by the clock, too: every second. */
const HEARD_WITHIN_MS = 10_000;

let registered = 0;

interface Watching extends Person {
  watch(model: Model, tally: StreamTally): Watcher;
}

async function register(starling: RunningStarling): Promise<Watching> {
  const username = `oracle${registered++}`;
  const { data, errors } = await starling.graphql<{
    register: { user: { id: string }; tokens: { accessToken: string } };
  }>(
    'mutation ($input: RegisterInput!) { register(input: $input) { user { id } tokens { accessToken } userErrors { code } } }',
    { input: { username, email: `${username}@example.org`, password: 'correct horse battery staple' } },
  );
  expect(errors).toBeUndefined();
  if (!data) throw new Error('registration answered nothing');
  const { user, tokens } = data.register;
  return {
    id: user.id,
    username,
    async ask<Data>(document: string, variables?: object) {
      const answer = await starling.graphql<Data>(document, variables, tokens.accessToken);
      expect(answer.errors, `${username}: ${document}`).toBeUndefined();
      return answer.data as Data;
    },
    watch: (model, tally) =>
      watcherOf(model, user.id, { url: () => starling.wsUrl, token: () => tokens.accessToken }, tally),
  };
}

/** Waits until the streams have told of everything that they owe, and looks at what they told. */
async function hear(watchers: readonly Watcher[]): Promise<void> {
  const owing = () => watchers.flatMap((watcher) => watcher.owing());
  await vi.waitFor(() => expect(owing(), 'what streams owe').toEqual([]), { timeout: HEARD_WITHIN_MS, interval: 10 });
  for (const watcher of watchers) expect(watcher.wrong(), 'what streams should not have told').toEqual([]);
}

async function play(
  starling: RunningStarling,
  script: readonly Command[],
  people: readonly Person[],
  watchers: readonly Watcher[],
  model: Model,
): Promise<void> {
  for (const command of script) {
    if (command.kind === 'evict') {
      await starling.evictCaches();
    } else if (command.kind === 'redeliver') {
      await starling.redeliver();
    } else if (command.kind === 'look') {
      const person = people[command.by];
      if (!person) throw new Error(`no account ${command.by}`);
      // Tweets and counts are of this moment, whatever is still to be counted.
      await compareTweets(model, person);
      // What others did may still be on its way through fan-out; what one did oneself may not.
      await starling.processAll();
      await compareHome(model, person, 3);
      await compareNotifications(model, person, 3);
      await hear(watchers);
    } else {
      const [from, sentAt] = [Date.now(), performance.now()];
      await act(model, people, command);
      // Requests become follows a moment after an account is opened.
      if (command.kind === 'open') await starling.processAll();
      model.done({ from, to: Date.now() });
      for (const watcher of watchers) watcher.look(sentAt);
    }
  }
}

/** Random people do random things; what each then reads is compared with a model that keeps nothing. */
export function oracleOf(what: string, start: () => Promise<RunningStarling>, runs = 8): void {
  describe(what, () => {
    let starling: RunningStarling;
    const tally = newStreamTally();
    let mixed = 0;
    beforeAll(async () => {
      starling = await start();
    });
    afterAll(() => starling?.stop());

    test('every page of every reader equals the naive model', { timeout: 600_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(scripts, fc.integer({ min: 1, max: 7 }), async (script, pageSize) => {
          const people = await Promise.all(Array.from({ length: ACCOUNTS }, () => register(starling)));
          const model = new Model(people.map(({ id }) => id));
          const watchers = people.map((person) => person.watch(model, tally));
          try {
            await play(starling, script, people, watchers, model);
            await starling.processAll();
            await compareEverything(model, people, pageSize);
            await starling.rankPopular();
            for (const person of people) mixed += await compareHomeWithPopular(model, person, pageSize);
            await hear(watchers);
          } finally {
            await Promise.all(watchers.map((watcher) => watcher.stop()));
          }
        }),
        { numRuns: Number(RUNS ?? runs), seed: SEED, endOnFailure: true },
      );
      expect(tally.delivered).toBeGreaterThan(0);
      expect(mixed).toBeGreaterThan(0);
    });
  });
}
