import { availableParallelism, cpus, loadavg } from 'node:os';

/** What the figures are of, in a sentence. Called before the bench begins: the load is other work's. */
export function machine(): string {
  const cpu = cpus()[0]?.model.trim() ?? 'an unknown processor';
  const [load = 0] = loadavg();
  return `All parts on the same ${availableParallelism()} cores (${cpu}, Node ${process.versions.node}), load included; other work's load before it began: ${load.toFixed(1)}.`;
}
