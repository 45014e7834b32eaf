import { parseArgs } from 'node:util';
import { ImportError } from './import-error.ts';

export const CHECK_USAGE = `npm run import:check -- [--accounts N | --all]

  --accounts N   how many imported accounts, evenly from the most to the least followed (400)
  --all          every imported account: with a large graph, that takes hours`;

const DEFAULT_ACCOUNTS = 400;

/** How many accounts to check; undefined means all. */
export function readCheckOptions(args: readonly string[]): number | undefined {
  const { accounts, all } = parse(args);
  if (all) return undefined;
  if (accounts === undefined) return DEFAULT_ACCOUNTS;
  if (!/^[1-9]\d{0,8}$/.test(accounts)) throw new ImportError(`--accounts is a number from 1.\n\n${CHECK_USAGE}`);
  return Number(accounts);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { accounts: { type: 'string' }, all: { type: 'boolean' } } }).values;
  } catch (error) {
    throw new ImportError(`${(error as Error).message}\n\n${CHECK_USAGE}`);
  }
}
