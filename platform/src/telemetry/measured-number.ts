import { Gauge, type Registry } from 'prom-client';

export interface MeasuredNumber {
  readonly name: string;
  readonly help: string;
  /** Asked whenever the metrics are read; while it fails, the metric is absent. */
  readonly read: () => Promise<number>;
}

/** Registers a number that is asked for when it is read. */
export function measureNumber(registry: Registry, { name, help, read }: MeasuredNumber): void {
  new Gauge({
    name,
    help,
    // A gauge with labels has no value of its own before it is set.
    labelNames: ['of'],
    registers: [registry],
    async collect() {
      const value = await read().catch(() => undefined);
      this.reset();
      if (value !== undefined) this.set({}, value);
    },
  });
}
