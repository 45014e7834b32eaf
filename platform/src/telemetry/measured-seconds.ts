import type { Metric, Registry } from 'prom-client';

export interface MeasuredSeconds {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly [string, string];
  /** Upper bounds, in seconds, from the least to the greatest. */
  readonly buckets: readonly number[];
}

interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** How many fell into each bucket, and at the end how many were beyond all of them. */
  readonly counts: number[];
  sum: number;
}

/** Takes a duration, under the values of both labels: few of each, whatever clients send. */
export type NoteSeconds = (first: string, second: string, seconds: number) => void;

/**
 * Registers a histogram of durations, as prom-client's own is read. That one puts its labels together for each observation, which
 * costs more than everything else about a fetch in the same process.
 */
export function measureSeconds(registry: Registry, { name, help, labels, buckets }: MeasuredSeconds): NoteSeconds {
  const [firstLabel, secondLabel] = labels;
  const known = new Map<string, Map<string, Series>>();

  function seriesOf(first: string, second: string): Series {
    let bySecond = known.get(first);
    if (!bySecond) {
      bySecond = new Map();
      known.set(first, bySecond);
    }
    let series = bySecond.get(second);
    if (!series) {
      const counts = new Array<number>(buckets.length + 1).fill(0);
      series = { labels: { [firstLabel]: first, [secondLabel]: second }, counts, sum: 0 };
      bySecond.set(second, series);
    }
    return series;
  }

  function valuesOf({ labels, counts, sum }: Series) {
    let upToHere = 0;
    const atMost = [...buckets, '+Inf'].map((le, at) => {
      upToHere += counts[at] ?? 0;
      return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: upToHere };
    });
    return [
      ...atMost,
      { metricName: `${name}_sum`, labels, value: sum },
      { metricName: `${name}_count`, labels, value: upToHere },
    ];
  }

  const get = async () => {
    const values = [...known.values()].flatMap((bySecond) => [...bySecond.values()]).flatMap(valuesOf);
    return { name, help, type: 'histogram', aggregator: 'sum', values };
  };
  registry.registerMetric({ name, get } as unknown as Metric);

  return (first, second, seconds) => {
    const series = seriesOf(first, second);
    let at = 0;
    while (at < buckets.length && seconds > (buckets[at] as number)) at++;
    series.counts[at] = (series.counts[at] ?? 0) + 1;
    series.sum += seconds;
  };
}
