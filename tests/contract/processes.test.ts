import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { runProduct } from '../../standalone/tests/support/product.ts';
import { openLiveClient } from '../support/live-client.ts';
import { send } from '../support/send.ts';
import { contractOf } from './contract.ts';
import type { Door } from './people.ts';

/** The product as people start it: what is built, as processes of its own, on an embedded PostgreSQL of its own. */
async function startProduct(shape: 'main' | 'processes'): Promise<Door> {
  build();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'starling-contract-'));
  const product = runProduct({ shape, environment: { DATA_DIR: dataDirectory } });
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

contractOf('the contract, as npm start runs it', () => startProduct('main'));
contractOf('the contract, as separate processes', () => startProduct('processes'));
