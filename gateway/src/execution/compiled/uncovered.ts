/** Why a plan is not compiled; the label of a metric, so that its values are few. */
export type UncoveredReason = 'defer' | 'context-arguments' | 'unknown-step' | 'reserved-variable';

/** A plan with something in it that the compiler does not know. It runs, more slowly, on `@apollo/gateway`'s executor. */
export class UncoveredPlan extends Error {
  readonly reason: UncoveredReason;

  constructor(reason: UncoveredReason) {
    super(`This plan is not compiled: ${reason}.`);
    this.reason = reason;
  }
}
