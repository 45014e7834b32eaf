import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const ACCOUNTS = 2_000;
const FOLLOWS_EACH = 30;
const POSTS = 20_000;
const WORDS = 'rain morning train coffee tonight match somebody really never again city music book late home'.split(
  ' ',
);

/** Numbers in [0, 1) that look random and are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Few are followed and write a lot, most a little. */
const skewed = (next: () => number) => 1 + Math.floor(ACCOUNTS * next() ** 3);

/** A small graph with posts, as files to import. */
export async function generateGraph(folder: string): Promise<{ graph: string; posts: string[] }> {
  const next = numbers(20_260_131);
  const edges: string[] = [];
  for (let account = 1; account <= ACCOUNTS; account += 1) {
    const followed = new Set<number>();
    while (followed.size < FOLLOWS_EACH) followed.add(skewed(next));
    followed.delete(account);
    for (const other of followed) edges.push(`${account} ${other}`);
  }
  const posts = Array.from({ length: POSTS }, (_, id) => {
    const text = Array.from({ length: 6 + Math.floor(next() * 14) }, () => WORDS[Math.floor(next() * WORDS.length)]);
    return JSON.stringify({ id: id + 1, author: skewed(next), text: `${text.join(' ')} ${id}` });
  });
  await mkdir(folder, { recursive: true });
  const files = { graph: join(folder, 'generated.edges'), posts: [join(folder, 'generated.ndjson')] };
  await writeFile(files.graph, `${edges.join('\n')}\n`);
  await writeFile(files.posts[0] ?? '', `${posts.join('\n')}\n`);
  return files;
}
