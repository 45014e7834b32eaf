import { isAbsolute, join } from 'node:path';
import { parseArgs } from 'node:util';

export const ROOT = join(import.meta.dirname, '../..');

export interface WholeNumber {
  readonly byDefault: number;
  readonly most: number;
}

export function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most) throw new Error(`--${name} is from 1 to ${most}.`);
  return value;
}

/** Reads whole numbers by name, and `--output`: the page whose section is rewritten, or `-` for none. */
export function readOptions<Name extends string>(
  numbers: Readonly<Record<Name, WholeNumber>>,
  args = process.argv.slice(2),
): Readonly<Record<Name, number>> & { readonly output: string | undefined } {
  const names = Object.keys(numbers) as Name[];
  const { values } = parseArgs({
    args,
    options: Object.fromEntries([...names, 'output'].map((name) => [name, { type: 'string' as const }])),
  });
  const read = (name: Name): [Name, number] => {
    const { byDefault, most } = numbers[name];
    return [name, wholeNumber(name, values[name] ?? String(byDefault), most)];
  };
  const output = values.output ?? join(ROOT, 'docs/performance.md');
  // Where npm was called, when it was.
  const from = process.env.INIT_CWD ?? process.cwd();
  return {
    ...(Object.fromEntries(names.map(read)) as Record<Name, number>),
    output: output === '-' ? undefined : isAbsolute(output) ? output : join(from, output),
  };
}
