import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeServices } from '@apollo/composition';
import { buildSchema, lexicographicSortSchema, parse, printSchema } from 'graphql';

/**
 * Composes the subgraphs' schemas into the supergraph that the gateway plans with, and the client's view of it.
 * `--check` writes nothing and fails when what is committed is not what composes.
 */
const folder = dirname(fileURLToPath(import.meta.url));
const root = dirname(folder);

async function subgraphs(): Promise<{ name: string; sdl: string }[]> {
  const shared = await readFile(join(root, 'platform/schema.graphql'), 'utf8');
  const names = (await readdir(join(root, 'subgraphs'))).sort();
  return Promise.all(
    names
      .map((name) => ({ name, path: join(root, 'subgraphs', name, 'schema.graphql') }))
      .filter(({ path }) => existsSync(path))
      .map(async ({ name, path }) => ({ name, sdl: `${shared}\n${await readFile(path, 'utf8')}` })),
  );
}

async function main(): Promise<void> {
  const services = (await subgraphs()).map(({ name, sdl }) => ({
    name,
    // Only a name: the gateway is told at start where each subgraph is.
    url: `http://${name}/graphql`,
    typeDefs: parse(sdl),
  }));
  const composed = composeServices(services);
  if (composed.errors) {
    throw new Error(
      `The subgraphs do not compose:\n${composed.errors.map(({ message }) => `- ${message}`).join('\n')}`,
    );
  }
  const clients = lexicographicSortSchema(buildSchema(printSchema(composed.schema.toAPISchema().toGraphQLJSSchema())));
  const files = {
    'supergraph.graphql': `${composed.supergraphSdl.trim()}\n`,
    'api.graphql': `${printSchema(clients).trim()}\n`,
  };
  const check = process.argv.includes('--check');
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    if (!check) await writeFile(path, text);
    else if (!existsSync(path) || (await readFile(path, 'utf8')) !== text) {
      throw new Error(`schema/${name} is not what the subgraphs compose to: run npm run compose.`);
    }
  }
  for (const { message } of composed.hints) console.warn(`hint: ${message}`);
  console.log(`${services.map(({ name }) => name).join(', ')}: ${check ? 'as committed' : 'composed'}`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
