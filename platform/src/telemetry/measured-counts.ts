import { Counter, type Registry } from 'prom-client';

export interface MeasuredCounts {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  /** Asked whenever the metrics are read: each count so far, with the values of its labels in their order. */
  readonly read: () => readonly (readonly [values: readonly string[], count: number])[];
}

/** Registers counts that somebody keeps, one for each set of labels. */
export function measureCounts(registry: Registry, { name, help, labels, read }: MeasuredCounts): void {
  new Counter({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
    collect() {
      this.reset();
      for (const [values, count] of read()) {
        this.inc(Object.fromEntries(labels.map((label, index) => [label, values[index] ?? ''])), count);
      }
    },
  });
}
