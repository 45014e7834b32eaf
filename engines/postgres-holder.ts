import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@starling/platform/postgres/embedded';

/** Holds a PostgreSQL in the folder named by its argument until it is told to end. Its address is in the file `url` there. */
const [directory] = process.argv.slice(2);
if (!directory) throw new Error('Name a folder.');
const postgres = await startEmbeddedPostgres({ dataDirectory: directory });
const file = join(directory, 'url');
writeFileSync(`${file}.new`, postgres.url, { mode: 0o600 });
renameSync(`${file}.new`, file);

const held = setInterval(() => {}, 60_000);
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    clearInterval(held);
    void postgres.stop();
  });
}
