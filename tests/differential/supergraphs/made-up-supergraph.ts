import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { committedSupergraph, loadSupergraph } from '@starling/gateway';
import { type DocumentNode, parse } from 'graphql';
import { keyFields } from '../key-fields.ts';
import { type MadeUpSubgraph, madeUpSubgraph } from '../made-up-subgraph.ts';
import { LINK, type SubgraphTexts } from './link.ts';

export interface MadeUpSupergraph {
  readonly name: string;
  readonly supergraph: ReturnType<typeof loadSupergraph>;
  readonly subgraphs: ReadonlyMap<string, MadeUpSubgraph>;
}

function withSubgraphs(
  name: string,
  sdl: string,
  services: readonly { name: string; typeDefs: DocumentNode }[],
): MadeUpSupergraph {
  const keys = keyFields(services.map(({ typeDefs }) => typeDefs));
  return {
    name,
    supergraph: loadSupergraph(sdl),
    subgraphs: new Map(services.map((each) => [each.name, madeUpSubgraph(each.name, each.typeDefs, keys)])),
  };
}

export function composed(name: string, texts: SubgraphTexts): MadeUpSupergraph {
  const services = Object.entries(texts).map(([subgraph, text]) => ({ name: subgraph, typeDefs: parse(LINK + text) }));
  const { supergraphSdl, errors } = composeServices(services.map((each) => ({ ...each, url: `http://${each.name}` })));
  if (!supergraphSdl) throw new Error(`${name} does not compose:\n${errors?.map(({ message }) => message).join('\n')}`);
  return withSubgraphs(name, supergraphSdl, services);
}

/** Our own graph, as it is committed, with made-up subgraphs in the place of ours. */
export function ours(): MadeUpSupergraph {
  const root = join(import.meta.dirname, '../../..');
  const shared = readFileSync(join(root, 'platform/schema.graphql'), 'utf8');
  const services = readdirSync(join(root, 'subgraphs')).map((name) => ({
    name,
    typeDefs: parse(`${shared}\n${readFileSync(join(root, 'subgraphs', name, 'schema.graphql'), 'utf8')}`),
  }));
  return withSubgraphs('starling', committedSupergraph(), services);
}
