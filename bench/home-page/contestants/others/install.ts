import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runChild } from '../../child.ts';

/** Installs the gateways of others beside this file, unless just these are there. Nothing of the product needs them. */
export async function installOthers(): Promise<void> {
  const folder = import.meta.dirname;
  const note = join(folder, 'node_modules/.installed');
  const wanted = await readFile(join(folder, 'package-lock.json'), 'utf8');
  if (existsSync(note) && (await readFile(note, 'utf8')) === wanted) return;
  await runChild('npm ci', 'npm', ['ci', '--ignore-scripts', '--prefix', folder], {});
  await writeFile(note, wanted);
}
