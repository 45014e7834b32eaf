import { isAbsolute, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, wholeNumber } from '../shared/options.ts';

export interface Options {
  readonly graph: string | undefined;
  readonly posts: readonly string[];
  readonly data: string;
  readonly viewers: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  /** Hive Gateway and Mercurius as well, which are installed for it. */
  readonly others: boolean;
  /** Undefined: only printed. */
  readonly output: string | undefined;
}

/** Every word after `--posts`, up to the next option, is one more file: as shells expand a pattern. */
function spreadPosts(args: readonly string[]): string[] {
  let option: string | undefined;
  return args.flatMap((arg, index) => {
    if (arg.startsWith('--')) option = arg;
    return option === '--posts' && !arg.startsWith('--') && args[index - 1] !== '--posts' ? ['--posts', arg] : [arg];
  });
}

/** `from` is the folder that relative paths are meant from. */
export function readOptions(args: readonly string[], from: string): Options {
  const { values } = parseArgs({
    args: spreadPosts(args),
    options: {
      graph: { type: 'string' },
      posts: { type: 'string', multiple: true, default: [] },
      data: { type: 'string', default: join(ROOT, 'bench/.data') },
      viewers: { type: 'string', default: '100' },
      rounds: { type: 'string', default: '9' },
      seconds: { type: 'string', default: '3' },
      connections: { type: 'string', default: '16' },
      others: { type: 'boolean', default: false },
      output: { type: 'string', default: join(ROOT, 'docs/performance.md') },
    },
  });
  const path = (text: string) => (isAbsolute(text) ? text : join(from, text));
  if ((values.graph === undefined) !== (values.posts.length === 0))
    throw new Error('Give a graph and posts, or neither.');
  return {
    graph: values.graph === undefined ? undefined : path(values.graph),
    posts: values.posts.map(path),
    data: path(values.data),
    viewers: wholeNumber('viewers', values.viewers, 1_000),
    rounds: wholeNumber('rounds', values.rounds, 100),
    seconds: wholeNumber('seconds', values.seconds, 60),
    connections: wholeNumber('connections', values.connections, 256),
    others: values.others,
    output: values.output === '-' ? undefined : path(values.output),
  };
}
