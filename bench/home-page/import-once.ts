import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ROOT } from '../shared/options.ts';
import { runChild } from './child.ts';

export interface ImportFiles {
  readonly graph: string;
  readonly posts: readonly string[];
}

/** Names what is imported: other files, or the same names with other sizes, are another import. */
async function fingerprint({ graph, posts }: ImportFiles): Promise<string> {
  const sizes = await Promise.all([graph, ...posts].map(async (path) => [basename(path), (await stat(path)).size]));
  return JSON.stringify(sizes);
}

/** Imports into the database whose folder this is, unless it holds these files already. */
export async function importOnce(folder: string, databaseUrl: string, files: ImportFiles, password: string) {
  const note = join(folder, 'imported.json');
  const wanted = await fingerprint(files);
  if (existsSync(note) && (await readFile(note, 'utf8')) === wanted) return;
  const args = ['--graph', files.graph, '--posts', ...files.posts, '--password', password];
  await runChild('The import', process.execPath, [join(ROOT, 'scripts/import.mjs'), ...args], {
    DATABASE_URL: databaseUrl,
  });
  await writeFile(note, wanted);
}
