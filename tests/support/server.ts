import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@starling/platform/postgres/embedded';

export interface TestServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Nothing that a test run writes has to survive the machine. */
const FORGETFUL = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '300',
  max_wal_size: '4GB',
  wal_level: 'logical',
  max_replication_slots: '32',
  max_wal_senders: '32',
};

export async function startTestServer(url?: string): Promise<TestServer> {
  if (url) return { url, stop: async () => {} };
  const dataDirectory = await mkdtemp(join(tmpdir(), 'starling-test-'));
  const postgres = await startEmbeddedPostgres({ dataDirectory, settings: FORGETFUL });
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}
