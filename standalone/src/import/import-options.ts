import { parseArgs } from 'node:util';
import { ImportError } from './import-error.ts';
import { type Month, POSTS_BEGIN_MS, parseMonth } from './mapping.ts';
import { sourceName } from './source-name.ts';

export interface ImportOptions {
  readonly graph: string | undefined;
  /** Paths, in the order of their source names: the order in which they are imported, whatever that of the arguments. */
  readonly posts: readonly string[];
  readonly password: string | undefined;
  readonly month: Month;
  /** Where the report goes as JSON. */
  readonly report: string | undefined;
}

export const IMPORT_USAGE = `npm run import -- [--graph FILE] [--posts FILE...] [options]

  --graph FILE      an edge list, one "a b" per line: a follows b; plain or gzip; # and % begin a comment
  --posts FILE...   posts as NDJSON, plain or gzip: text, and if known id, author, at, lang, to
  --password TEXT   the password of all imported accounts; without it, nobody can log in to them
  --month YYYY-MM   where posts without a time are spread (2012-01)
  --report FILE     writes the report as JSON, too

It imports into the database of DATA_DIR, or of DATABASE_URL, whether or not the product is running.
Run again, it adds what is missing.`;

const DEFAULT_MONTH = '2012-01';
const SHORTEST_PASSWORD = 8;
const LONGEST_PASSWORD = 128;

/** `--posts a b c` as shells expand it: every word after it up to the next option is one more file. */
function spreadPosts(args: readonly string[]): string[] {
  let option: string | undefined;
  return args.flatMap((arg, index) => {
    if (arg.startsWith('-')) option = arg;
    else if (option === '--posts' && args[index - 1] !== '--posts') return ['--posts', arg];
    return [arg];
  });
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: spreadPosts(args),
      options: {
        graph: { type: 'string' },
        posts: { type: 'string', multiple: true },
        password: { type: 'string' },
        month: { type: 'string', default: DEFAULT_MONTH },
        report: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new ImportError(`${(error as Error).message}\n\n${IMPORT_USAGE}`);
  }
}

/** @throws ImportError that says which argument is wrong. */
export function readImportOptions(args: readonly string[], nowMs: number): ImportOptions {
  const { graph, posts = [], password, month: monthText, report } = parse(args);
  if (graph === undefined && posts.length === 0) throw new ImportError(`Name a graph, or posts.\n\n${IMPORT_USAGE}`);
  const month = parseMonth(monthText, nowMs);
  if (!month) {
    const first = new Date(POSTS_BEGIN_MS).toISOString().slice(0, 10);
    throw new ImportError(`--month is a past month such as 2012-01, after ${first}; "${monthText}" is not.`);
  }
  if (password !== undefined && (password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD)) {
    throw new ImportError(`--password has ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`);
  }
  const sorted = [...posts].sort((one, other) => (sourceName(one) < sourceName(other) ? -1 : 1));
  for (const [index, path] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next !== undefined && sourceName(next) === sourceName(path)) {
      throw new ImportError(`${path} and ${next} have the same name, by which posts are known again. Rename one.`);
    }
  }
  return { graph, posts: sorted, password, month, report };
}
