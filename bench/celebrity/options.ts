import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { wholeNumber } from '../shared/options.ts';

export interface Options {
  readonly followers: number;
  readonly readers: number;
  readonly limits: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
  readonly pages: number;
  readonly posts: number;
  /** Undefined: only printed. */
  readonly output: string | undefined;
}

export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      followers: { type: 'string', default: '1000000' },
      readers: { type: 'string', default: '500' },
      limits: { type: 'string', default: '1000,10000,100000,1000000000' },
      rounds: { type: 'string', default: '10' },
      seconds: { type: 'string', default: '4' },
      pages: { type: 'string', default: '60' },
      posts: { type: 'string', default: '2' },
      output: { type: 'string', default: join(import.meta.dirname, '../../docs/performance.md') },
    },
  });
  return {
    followers: wholeNumber('followers', values.followers, 10_000_000),
    readers: wholeNumber('readers', values.readers, 10_000),
    limits: values.limits.split(',').map((limit) => wholeNumber('limits', limit, 1_000_000_000)),
    rounds: wholeNumber('rounds', values.rounds, 100),
    seconds: wholeNumber('seconds', values.seconds, 60),
    pages: wholeNumber('pages', values.pages, 1_000),
    posts: wholeNumber('posts', values.posts, 100),
    output: values.output === '-' ? undefined : values.output,
  };
}
