const EXAMPLES = 5;

/** Why something was not imported. */
export const REFUSALS = {
  MALFORMED: 'the line is not what it should be',
  NODE_TOO_LARGE: 'the number is above 999,999,999',
  SELF_FOLLOW: 'an account cannot follow itself',
  DUPLICATE: 'the same stands on an earlier line',
  ACCOUNT_MISSING: 'the account could not be imported',
  BLOCKED: 'one of the two blocks the other',
  USERNAME_TAKEN: 'somebody else has the username',
  BLANK: 'the text is blank',
  TOO_LONG: 'the text is over 280 weighted characters',
  INVALID_TEXT: 'the text has characters that are not allowed',
  BAD_TIME: 'the time is not a time',
  IN_FUTURE: 'the time lies ahead',
} as const;

export type Refusal = keyof typeof REFUSALS;

export interface RefusalCount {
  readonly reason: Refusal;
  readonly count: number;
  /** The first few line numbers (of accounts: node numbers). */
  readonly examples: readonly number[];
}

/** What became of one kind of thing. */
export interface PartReport {
  readonly part: string;
  readonly read: number;
  readonly imported: number;
  readonly alreadyThere: number;
  readonly refused: readonly RefusalCount[];
  /** What else is worth knowing, in words. */
  readonly notes: readonly string[];
}

/** Counts what becomes of each thing read, so that at the end nothing is unaccounted for. */
export class Tally {
  read = 0;
  imported = 0;
  alreadyThere = 0;
  readonly notes: string[] = [];
  readonly #refused = new Map<Refusal, { count: number; examples: number[] }>();

  constructor(public part: string) {}

  refuse(reason: Refusal, line: number): void {
    const entry = this.#refused.get(reason) ?? { count: 0, examples: [] };
    entry.count += 1;
    if (entry.examples.length < EXAMPLES) entry.examples.push(line);
    this.#refused.set(reason, entry);
  }

  /** Throws when something read is neither imported, nor there already, nor refused: that would be a fault of the importer. */
  report(): PartReport {
    const refused = [...this.#refused].map(([reason, { count, examples }]) => ({ reason, count, examples }));
    refused.sort((one, other) => other.count - one.count);
    const accounted = this.imported + this.alreadyThere + refused.reduce((sum, { count }) => sum + count, 0);
    if (accounted !== this.read) {
      throw new Error(`Of ${this.read} ${this.part} read, ${accounted} are accounted for.`);
    }
    const { part, read, imported, alreadyThere, notes } = this;
    return { part, read, imported, alreadyThere, refused, notes };
  }
}
