import { availableParallelism, cpus, loadavg } from 'node:os';

/** What the figures are of, in a sentence. The load is other work's, so it is asked before the bench begins. */
export function machine(load = loadavg()[0] ?? 0): string {
  const cpu = cpus()[0]?.model.trim() ?? 'an unknown processor';
  return `All parts on the same ${availableParallelism()} cores (${cpu}, Node ${process.versions.node}), load included; other work's load before it began: ${load.toFixed(1)}.`;
}
