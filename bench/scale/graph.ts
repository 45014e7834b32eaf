import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** How many accounts a reader follows, by whose pages it is measured. */
const FOLLOWS = [100, 1_000, 5_000] as const;
export const READERS_EACH = 20;
const POSTS = 50_000;
/** The first accounts, who write everything, in small places as in large ones. */
const WRITERS = 4_000;
const LINES_AT_ONCE = 5_000;

export interface ScaleGraph {
  readonly graph: string;
  readonly posts: string[];
  /** The readers that follow so many. */
  readonly readers: ReadonlyMap<number, readonly string[]>;
}

/** Different for each reader: writers and, spread over the whole place, anybody, in turn. */
function followedBy(reader: number, count: number, accounts: number): ReadonlySet<number> {
  const followed = new Set<number>();
  for (let place = 0; followed.size < count; place += 1) {
    const other = ((reader * 7_919 + place * 104_729) % (place % 2 === 0 ? WRITERS : accounts)) + 1;
    if (other !== reader) followed.add(other);
  }
  return followed;
}

function* follows(accounts: number): Generator<string> {
  let reader = 0;
  for (const count of FOLLOWS) {
    for (let number = 0; number < READERS_EACH; number += 1) {
      reader += 1;
      for (const other of followedBy(reader, count, accounts)) yield `${reader} ${other}`;
    }
  }
  // Everybody else is there, and follows somebody.
  for (let account = reader + 1; account <= accounts; account += 1) yield `${account} ${(account % 1_000) + 1}`;
}

function* posts(): Generator<string> {
  for (let id = 1; id <= POSTS; id += 1) {
    const author = ((id * 15_485_863) % WRITERS) + 1;
    yield JSON.stringify({
      id,
      author,
      text: `Number ${id} of the tweets of a large place, as long as people write them.`,
    });
  }
}

function* chunks(lines: Generator<string>): Generator<string> {
  let chunk: string[] = [];
  for (const line of lines) {
    chunk.push(line);
    if (chunk.length < LINES_AT_ONCE) continue;
    yield `${chunk.join('\n')}\n`;
    chunk = [];
  }
  if (chunk.length > 0) yield `${chunk.join('\n')}\n`;
}

/** A place of so many accounts, as files to import. */
export async function generateScaleGraph(folder: string, accounts: number): Promise<ScaleGraph> {
  await mkdir(folder, { recursive: true });
  const [graph, tweets] = [join(folder, 'scale.edges'), join(folder, 'scale.ndjson')];
  await pipeline(Readable.from(chunks(follows(accounts))), createWriteStream(graph));
  await pipeline(Readable.from(chunks(posts())), createWriteStream(tweets));
  const readers = FOLLOWS.map((count, group): [number, string[]] => [
    count,
    Array.from({ length: READERS_EACH }, (_, number) => `u${group * READERS_EACH + number + 1}`),
  ]);
  return { graph, posts: [tweets], readers: new Map(readers) };
}
