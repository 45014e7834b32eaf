import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';

/** Puts a bench's report into its section of a page; section and page are made when they are not there. */
export async function writeSection(path: string, bench: string, title: string, text: string): Promise<void> {
  const begin = `<!-- bench/${bench}: written by the bench -->`;
  const end = `<!-- end of bench/${bench} -->`;
  const section = `${begin}\n${text.trimEnd()}\n${end}`;
  const page = existsSync(path) ? await readFile(path, 'utf8') : '# Performance\n';
  const [before = '', rest] = page.split(begin);
  const after = rest?.split(end)[1];
  const whole =
    after === undefined ? `${page.trimEnd()}\n\n## ${title}\n\n${section}\n` : `${before}${section}${after}`;
  await writeFile(path, whole);
}
