import { quantile } from '../shared/numbers.ts';

/** How long pages took in the two stretches of one round, in milliseconds. */
export interface Round {
  readonly quiet: readonly number[];
  readonly busy: readonly number[];
}

const DRAWS = 1_000;

/** The 99th of a hundred busy pages to that of quiet ones, of all rounds together. */
export function ratioOfP99(rounds: readonly Round[]): number {
  const p99 = (of: (round: Round) => readonly number[]) => quantile(rounds.flatMap(of), 0.99);
  return p99(({ busy }) => busy) / p99(({ quiet }) => quiet);
}

/**
 * Between which ratios nine in ten lie when as many rounds are drawn from these, some of them more than once: what another
 * run at the same moment may have said.
 */
export function spreadOfRatio(rounds: readonly Round[]): readonly [number, number] {
  const draw = () => rounds[Math.floor(Math.random() * rounds.length)] as Round;
  const ratios = Array.from({ length: DRAWS }, () => ratioOfP99(rounds.map(draw)));
  return [quantile(ratios, 0.05), quantile(ratios, 0.95)];
}
