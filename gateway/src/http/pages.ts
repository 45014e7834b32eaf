import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packageFile } from '@starling/platform/postgres';
import type { FastifyInstance } from 'fastify';

const HTML = 'text/html; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';

const require = createRequire(import.meta.url);

function ofPackage(name: string, path: string): string {
  return join(dirname(require.resolve(`${name}/package.json`)), path);
}

function ofOurs(path: string): string {
  return packageFile(import.meta.url, join('public', path));
}

interface Page {
  readonly path: string;
  readonly file: () => string;
  readonly type: string;
}

/** GraphiQL and all that it needs, served from here: it works without internet. */
const PAGES: readonly Page[] = [
  { path: '/', file: () => ofOurs('sandbox.html'), type: HTML },
  { path: '/explorer', file: () => ofOurs('explorer/index.html'), type: HTML },
  { path: '/explorer/explorer.js', file: () => ofOurs('explorer/explorer.js'), type: SCRIPT },
  { path: '/explorer/explorer.css', file: () => ofOurs('explorer/explorer.css'), type: STYLE },
  { path: '/explorer/graphiql.js', file: () => ofPackage('graphiql', 'graphiql.min.js'), type: SCRIPT },
  { path: '/explorer/graphiql.css', file: () => ofPackage('graphiql', 'graphiql.min.css'), type: STYLE },
  { path: '/explorer/react.js', file: () => ofPackage('react', 'umd/react.production.min.js'), type: SCRIPT },
  {
    path: '/explorer/react-dom.js',
    file: () => ofPackage('react-dom', 'umd/react-dom.production.min.js'),
    type: SCRIPT,
  },
  { path: '/explorer/graphql-ws.js', file: () => ofPackage('graphql-ws', 'umd/graphql-ws.min.js'), type: SCRIPT },
];

interface Content {
  readonly plain: Buffer;
  readonly zipped: Buffer;
  readonly etag: string;
}

function read(file: string): Content {
  const plain = readFileSync(file);
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  return { plain, zipped: gzipSync(plain), etag };
}

/** The pages for people. Each file is read and compressed when it is first asked for, and kept. */
export function addPages(app: FastifyInstance): void {
  for (const { path, file, type } of PAGES) {
    let content: Content | undefined;
    app.get(path, async (request, reply) => {
      content ??= read(file());
      const { plain, zipped, etag } = content;
      reply.headers({ etag, vary: 'accept-encoding', 'cache-control': 'no-cache', 'content-type': type });
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(plain);
      return reply.header('content-encoding', 'gzip').send(zipped);
    });
  }
}
