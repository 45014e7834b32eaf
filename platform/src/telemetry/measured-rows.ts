import { Gauge, type Registry } from 'prom-client';

export interface MeasuredRows<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly Label[];
  /** Asked whenever the metrics are read; while it fails, the metric is absent. */
  readonly read: () => Promise<readonly MeasuredRow<Label>[]>;
}

export type MeasuredRow<Label extends string> = { readonly value: number } & { readonly [label in Label]?: string };

/** Registers a number for each of several things, which are asked for when they are read. */
export function measureRows<Label extends string>(
  registry: Registry,
  { name, help, labelNames, read }: MeasuredRows<Label>,
): void {
  new Gauge<string>({
    name,
    help,
    // A gauge without labels has the value 0 before it is set, and one with labels none.
    labelNames: labelNames.length > 0 ? [...labelNames] : ['of'],
    registers: [registry],
    async collect() {
      const rows = await read().catch(() => []);
      this.reset();
      for (const { value, ...labels } of rows) this.set(labels, value);
    },
  });
}

/** Registers a number that is asked for when it is read. */
export function measureNumber(
  registry: Registry,
  { read, ...named }: { readonly name: string; readonly help: string; readonly read: () => Promise<number> },
): void {
  measureRows(registry, { ...named, labelNames: [], read: async () => [{ value: await read() }] });
}
