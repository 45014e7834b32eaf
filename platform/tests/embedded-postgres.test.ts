import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';

const folders: string[] = [];
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'starling-embedded-'));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function ask(url: string, sql: string): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
    return rows;
  } finally {
    await client.end();
  }
}

test('keeps what was written when it starts again', async () => {
  const dataDirectory = temporaryFolder();
  const first = await startEmbeddedPostgres({ dataDirectory });
  await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();

  const second = await startEmbeddedPostgres({ dataDirectory });
  const rows = await ask(second.url, 'SELECT answer FROM kept');
  await second.stop();
  expect(rows).toEqual([[42]]);
});

test('test databases are separate from each other', async () => {
  const [a, b] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await ask(a.url, 'CREATE TABLE mine ()');
  const rows = await ask(b.url, "SELECT to_regclass('mine')");
  await Promise.all([a.drop(), b.drop()]);
  expect(rows).toEqual([[null]]);
});
