import { availableParallelism, cpus, loadavg } from 'node:os';

/** What the figures are of, in a sentence. The load is other work's, so it is asked before the bench begins. */
export function machine(
  load = loadavg()[0] ?? 0,
  places = `All parts on the same ${availableParallelism()} cores, load included`,
): string {
  const cpu = cpus()[0]?.model.trim() ?? 'an unknown processor';
  return `${places} (${cpu}, Node ${process.versions.node}); other work's load before it began: ${load.toFixed(1)}.`;
}
