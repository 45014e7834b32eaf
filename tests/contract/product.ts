import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { runProduct } from '../../standalone/tests/support/product.ts';
import { openLiveClient } from '../support/live-client.ts';
import { send } from '../support/send.ts';
import type { Door } from './people.ts';

/** The product as people start it: what is built, as processes of its own, on an embedded PostgreSQL of its own. */
export async function startProduct(
  shape: 'main' | 'processes',
  environment: Readonly<Record<string, string>> = {},
): Promise<Door> {
  build();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'starling-contract-'));
  const product = runProduct({ shape, environment: { DATA_DIR: dataDirectory, ...environment } });
  const url = await product.ready;
  return {
    graphql: (document, variables, token) => send(url, document, variables, token),
    live: (token) => openLiveClient(`${url.replace(/^http/, 'ws')}/graphql`, token),
    async stop() {
      product.child.kill('SIGTERM');
      expect(await product.ended).toBe(0);
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}
