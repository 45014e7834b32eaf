import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { type PersonsCommand, type Step, stepsOf } from '../oracle/act.ts';
import { acquaintance, type Command, commands } from '../oracle/commands.ts';
import { compareEverything, compareHome, compareTweets } from '../oracle/compare.ts';
import { compareNotifications } from '../oracle/compare-notifications.ts';
import { Model } from '../oracle/model.ts';
import { type Watcher, watcherOf } from '../oracle/watcher.ts';
import { type Account, type Outcome, register } from './account.ts';
import { again, DEFINITE_WITHIN_MS, Door } from './door.ts';
import { type Random, seededRandom } from './random.ts';
import { count, type Tally } from './tally.ts';

export interface CircleOptions {
  /** Names the accounts, and with the run's seed decides what they do. */
  readonly number: number;
  readonly seed: number;
  readonly gateways: readonly string[];
  readonly tally: Tally;
  /** Writes and looks until it is done. */
  readonly length: number;
  /** Between one command and the next, at most. */
  readonly longestPauseMs: number;
  /** How a write reaches the product. The tests of the harness lie here. */
  readonly send?: (account: Account, step: Step) => Promise<Outcome>;
}

const ACCOUNTS = 4;
const sendIt = (account: Account, step: Step) => account.perform(step);
const MOST_REMEMBERED = 4_000;
/** Of tweets that are liked about equally the 200 latest are among what is popular; some may be on their way. */
const CERTAINLY_POPULAR = 150;

/**
 * A few accounts that know each other and nobody else. One client acts for all of them, one write after the other, so that
 * what is acknowledged decides everything: the model is exact, order included, whatever is killed meanwhile.
 */
export class Circle {
  readonly number: number;
  readonly model: Model;
  /** What was asked and what came of it, newest last. */
  readonly journal: string[] = [];
  private readonly script: Command[];
  private readonly random: Random;
  /** How many likes, of all circles, had been given when a tweet was posted. */
  private readonly likesBefore = new Map<string, number>();

  private constructor(
    private readonly options: CircleOptions,
    private watchers: Watcher[],
    private readonly people: readonly Account[],
    model: Model,
  ) {
    const { number, seed, length } = options;
    this.number = number;
    this.model = model;
    this.random = seededRandom(seed * 7_919 + number);
    const [script = []] = fc.sample(commands(ACCOUNTS, length), { seed: seed * 10_007 + number, numRuns: 1 });
    // Taken from the end.
    this.script = [...acquaintance(people.length), ...script].reverse();
  }

  static async create(options: CircleOptions): Promise<Circle> {
    const { number, seed, gateways, tally } = options;
    const people: Account[] = [];
    for (let place = 0; place < ACCOUNTS; place++) {
      const door = new Door(gateways, tally, place);
      people.push(await register(door, tally, `c${seed % 1_000}_${number}_${place}`));
    }
    const model = new Model(people.map(({ id }) => id));
    const watchers = people.map((account) => {
      const { id, door } = account;
      const seat = {
        url: () => `${door.gateway.replace(/^http/, 'ws')}/graphql`,
        token: () => account.token,
        onEnd: () => door.turn(),
      };
      return watcherOf(model, id, seat, tally.stream);
    });
    return new Circle(options, watchers, people, model);
  }

  get isDone(): boolean {
    return this.script.length === 0;
  }

  /** The next command of its script, and the pause after it. */
  async step(): Promise<void> {
    const command = this.script.pop();
    if (!command || command.kind === 'evict' || command.kind === 'redeliver') return;
    if (command.kind === 'look') {
      const person = this.people[command.by];
      // A page is right or it is not there, also while things are being killed.
      if (person) {
        await compareHome(this.model, person, this.random.between(2, 9));
        await compareNotifications(this.model, person, this.random.between(2, 9));
      }
    } else {
      await this.write(command);
    }
    await pause(this.random.between(0, this.options.longestPauseMs));
  }

  private async write(command: PersonsCommand): Promise<void> {
    const steps = await stepsOf(this.model, this.people, command);
    const [from, sentAt] = [Date.now(), performance.now()];
    const { send = sendIt } = this.options;
    const accountOf = ({ by }: Step) => this.people.find(({ id }) => id === by.id) as Account;
    const outcomes = await Promise.all(steps.map((step) => send(accountOf(step), step)));
    for (const [place, step] of steps.entries()) {
      const outcome = outcomes[place];
      if (outcome) this.hold(step, outcome);
      // Requests become follows a moment after an account is opened.
      if (step.kind === 'open') await this.nobodyAsks(accountOf(step));
    }
    // What a consumer made of it may be taken back by a crash of the database, and be made again whenever.
    const isMadeLater = steps.some(({ kind }) => kind === 'open');
    this.model.done({ from, to: isMadeLater ? Number.POSITIVE_INFINITY : Date.now() });
    for (const watcher of this.watchers) watcher.look(sentAt);
  }

  /** Gives a step to the model, which must agree with what came of it. */
  private hold(step: Step, outcome: Outcome): void {
    const allowed = step.apply(outcome.madeId, outcome.unsure);
    const accepted = isAccepted(step, outcome, allowed);
    this.note(step, outcome);
    if (outcome.madeId !== undefined) this.likesBefore.set(outcome.madeId, this.likesGiven());
    count(accepted ? this.options.tally.acknowledged : this.options.tally.refused, step.kind);
    if (accepted !== allowed) {
      throw new Error(
        `${step.by.username}: ${step.kind} ${JSON.stringify(step.input)} was answered ${JSON.stringify(outcome)}, ` +
          `but by the rules it is ${allowed ? 'allowed' : 'refused'}`,
      );
    }
  }

  private async nobodyAsks(account: Account): Promise<void> {
    const end = performance.now() + DEFINITE_WITHIN_MS;
    for (;;) {
      const { followRequests } = await account.ask<{ followRequests: { nodes: readonly unknown[] } }>(
        '{ followRequests { nodes { id } } }',
      );
      if (followRequests.nodes.length === 0) return;
      if (performance.now() > end) throw new Error(`${account.username} is open, and yet requests wait for it`);
      await again();
    }
  }

  private note({ by, kind, input }: Step, { codes, madeId, unsure }: Outcome): void {
    const told = codes.length > 0 ? codes.join(' ') : `acknowledged${madeId === undefined ? '' : ` as ${madeId}`}`;
    const time = new Date().toISOString().slice(11, 23);
    this.journal.push(
      `${time} ${by.username} (${by.id}) ${kind} ${JSON.stringify(input)}: ${told}${unsure ? ', sent again' : ''}`,
    );
    if (this.journal.length > MOST_REMEMBERED) this.journal.shift();
  }

  /** Everybody posts something, so that every stream has something to tell of. */
  async callOut(): Promise<void> {
    for (const by of this.people.keys()) await this.write({ kind: 'post', by, text: 'all is well', mentioned: null });
  }

  /** What streams owe and say nothing of. */
  owing(): string[] {
    return this.watchers.flatMap((watcher) => watcher.owing());
  }

  /** What streams told and should not have. */
  mistold(): string[] {
    return this.watchers.flatMap((watcher) => watcher.wrong());
  }

  /** Every page of every member against the model. */
  async compare(): Promise<void> {
    const hasPlace = (tweetId: string) => this.likesGiven() - (this.likesBefore.get(tweetId) ?? 0) < CERTAINLY_POPULAR;
    await compareEverything(this.model, this.people, this.random.between(4, 25), hasPlace);
  }

  private likesGiven(): number {
    return this.options.tally.acknowledged.get('like') ?? 0;
  }

  /** A look at a circle that was compared before: every tweet and one home. */
  async compareAgain(): Promise<void> {
    const person = this.people[this.number % this.people.length];
    if (!person) return;
    await compareTweets(this.model, person);
    await compareHome(this.model, person, 50);
    await compareNotifications(this.model, person, 50);
  }

  /** Nobody watches any more. */
  async close(): Promise<void> {
    await Promise.all(this.watchers.map((watcher) => watcher.stop()));
    this.watchers = [];
  }
}

const ENDS_IT = new Set(['delete', 'unmuteWord', 'deleteList']);

/** What is to be deleted and is asked for again is not found: it was done the first time. */
function isAccepted({ kind }: Step, { codes, unsure }: Outcome, allowed: boolean): boolean {
  if (codes.length === 0) return true;
  return ENDS_IT.has(kind) && unsure && allowed && codes.every((code) => code === 'NOT_FOUND');
}
