import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Migrations } from '@starling/platform/postgres';

const root = join(import.meta.dirname, '../..');

/** Every set of migrations of the project, in the order in which the product applies them. */
export const allMigrations: readonly Migrations[] = [
  { schema: 'platform', folder: join(root, 'platform/migrations') },
  { schema: 'users', folder: join(root, 'subgraphs/users/migrations') },
  { schema: 'tweets', folder: join(root, 'subgraphs/tweets/migrations') },
  { schema: 'social_graph', folder: join(root, 'subgraphs/social-graph/migrations') },
  { schema: 'timeline', folder: join(root, 'subgraphs/timeline/migrations') },
  { schema: 'notifications', folder: join(root, 'subgraphs/notifications/migrations') },
  { schema: 'import', folder: join(root, 'standalone/migrations') },
];

/** Names what the migrations make: any change of any file gives another name. */
export function hashMigrations(sets: readonly Migrations[]): string {
  const hash = createHash('sha256');
  for (const { schema, folder } of sets) {
    for (const file of readdirSync(folder).sort()) {
      hash.update(`${schema}/${file}\n`).update(readFileSync(join(folder, file)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}
