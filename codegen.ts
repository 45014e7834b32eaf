import type { CodegenConfig } from '@graphql-codegen/cli';
import { defineConfig } from '@eddeee888/gcg-typescript-resolver-files';

/** Every subgraph has resolver files named as in its schema, and types with its own row types behind them. */
const subgraphs = ['users', 'tweets', 'social-graph', 'timeline'];

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
            DateTime: { type: { input: 'Date', output: 'Date' } },
            URL: { type: { input: 'string', output: 'string' } },
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

const config: CodegenConfig = {
  generates: {
    ...Object.assign({}, ...subgraphs.map(subgraph)),
    'schema/generated/': {
      schema: 'schema/api.graphql',
      documents: 'schema/operations/*.graphql',
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: { scalars: { DateTime: 'string', URL: 'string' }, enumsAsTypes: true, useTypeImports: true },
    },
  },
};

export default config;
