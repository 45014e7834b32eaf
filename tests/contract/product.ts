import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import { DEFAULT_RULES } from '@starling/tweets/abuse-rules';
import { expect } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { runProduct } from '../../standalone/tests/support/product.ts';
import { openLiveClient } from '../support/live-client.ts';
import { send } from '../support/send.ts';
import { type StarlingOptions, startStarling } from '../support/starling.ts';
import { withClient } from '../support/template.ts';
import type { OperatedDoor } from './contract.ts';

/** As docs/operations.md tells operators to. */
function makeModerator(databaseUrl: string, userId: string): Promise<void> {
  return withClient(databaseUrl, async (client) => {
    await client.query(`UPDATE users.accounts SET role = 'MODERATOR' WHERE id = $1`, [userId]);
  });
}

/** The system as tests run it in their own process, held to the rules that people are held to. */
export async function startContracted(options: StarlingOptions): Promise<OperatedDoor> {
  const starling = await startStarling({ abuseRules: DEFAULT_RULES, ...options });
  return { ...starling, makeModerator: (userId) => makeModerator(starling.database.url, userId) };
}

/** The product as people start it: what is built, as processes of its own, on an embedded PostgreSQL of its own. */
export async function startProduct(
  shape: 'main' | 'processes',
  environment: Readonly<Record<string, string>> = {},
): Promise<OperatedDoor> {
  build();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'starling-contract-'));
  // With the limits that people meet: they are part of the contract.
  const own = { DATA_DIR: dataDirectory, RATE_LIMIT_SCALE: '1' };
  const product = runProduct({ shape, environment: { ...own, ...environment } });
  const url = await product.ready;
  return {
    graphql: (document, variables, token) => send(url, document, variables, token),
    live: (token) => openLiveClient(`${url.replace(/^http/, 'ws')}/graphql`, token),
    makeModerator: (userId) => makeModerator(findEmbeddedPostgres(dataDirectory) ?? '', userId),
    async stop() {
      product.child.kill('SIGTERM');
      expect(await product.ended).toBe(0);
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}
