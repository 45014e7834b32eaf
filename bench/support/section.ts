import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';

/** On what it was measured. */
export function machine(loadBefore: number): string {
  const cpu = cpus()[0]?.model.trim() ?? 'an unknown processor';
  return `All parts on the same ${availableParallelism()} cores (${cpu}, Node ${process.versions.node}). Other work's load before it began: ${loadBefore.toFixed(1)}.`;
}

/** Puts a bench's report into its section of a page, which is made when it is not there. */
export async function writeSection(path: string, bench: string, title: string, text: string): Promise<void> {
  const begin = `<!-- bench/${bench}: written by the bench -->`;
  const end = `<!-- end of bench/${bench} -->`;
  const page = existsSync(path) ? await readFile(path, 'utf8') : '# Performance\n';
  const section = `${begin}\n${text}${end}`;
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  const whole =
    after === undefined ? `${page.trimEnd()}\n\n## ${title}\n\n${section}\n` : `${before}${section}${after}`;
  await writeFile(path, whole);
}
