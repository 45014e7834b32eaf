import { defineConfig } from '@eddeee888/gcg-typescript-resolver-files';
import type { CodegenConfig } from '@graphql-codegen/cli';

/** Every subgraph has resolver files named as in its schema, and types with its own row types behind them. `ONLY` picks one. */
const subgraphs = ['users', 'tweets', 'social-graph', 'timeline', 'notifications'].filter(
  (name) => (process.env.ONLY ?? name) === name,
);

function subgraph(name: string): CodegenConfig['generates'] {
  return {
    [`subgraphs/${name}/src`]: {
      ...defineConfig(
        {
          mode: 'merged',
          scalarsModule: false,
          resolverRelativeTargetDir: 'resolvers',
          resolverMainFile: './generated/resolvers.ts',
          resolverTypesPath: './generated/types.ts',
          typeDefsFilePath: './generated/type-defs.ts',
          resolverGeneration: 'minimal',
          mergeSchema: false,
          importExtension: '.ts',
          mappersFileExtension: '.mappers.ts',
          mappersSuffix: 'Mapper',
          scalarsOverrides: {
            ID: { type: { input: 'string', output: 'string' } },
            DateTime: { type: { input: 'Date', output: 'Date' }, resolver: '~@starling/platform/graphql#DateTime' },
            URL: { type: { input: 'string', output: 'string' }, resolver: '~@starling/platform/graphql#URL' },
          },
          typesPluginsConfig: {
            contextType: '../context.ts#Context',
            enumsAsTypes: true,
            useTypeImports: true,
            makeResolverTypeCallable: true,
            federation: true,
          },
        },
        { schema: ['platform/schema.graphql', `subgraphs/${name}/schema.graphql`] },
      ),
    },
  };
}

/** The clients' side: types of the operations in `schema/operations`, for tests. */
const clientTypes: CodegenConfig['generates'][string] = {
  schema: 'schema/api.graphql',
  documents: 'schema/operations/*.graphql',
  preset: 'client',
  presetConfig: { fragmentMasking: false },
  config: {
    scalars: { ID: 'string', DateTime: 'string', URL: 'string' },
    enumsAsTypes: true,
    useTypeImports: true,
    importExtension: '.ts',
  },
};

const config: CodegenConfig = {
  generates: {
    ...Object.assign({}, ...subgraphs.map(subgraph)),
    ...(process.env.ONLY ? {} : { 'schema/generated/': clientTypes }),
  },
};

export default config;
