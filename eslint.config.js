import { existsSync, readdirSync } from 'node:fs';
import graphql from '@graphql-eslint/eslint-plugin';

const subgraphs = readdirSync(new URL('subgraphs', import.meta.url));

/** A subgraph's schema is whole only together with the platform's part of it. */
const projects = {
  ...Object.fromEntries(
    subgraphs.map((name) => [name, { schema: ['platform/schema.graphql', `subgraphs/${name}/schema.graphql`] }]),
  ),
  ...(existsSync(new URL('schema/api.graphql', import.meta.url)) ? { api: { schema: 'schema/api.graphql' } } : {}),
};

/** Values, not entities: nobody asks for one of these again. */
const WITHOUT_IDENTITY = [
  'PageInfo',
  'UserError',
  // What the viewer has to do with a thing: it belongs to the thing.
  'TweetViewer',
  'UserViewer',
  // The viewer's own side of an account, and what logging in answers.
  'Account',
  'SessionTokens',
  // Events of a stream.
  'TweetAdded',
  'TweetRemoved',
  'StreamGap',
  'NotificationAdded',
  // Named by its kind and channel.
  'NotificationPreference',
  // Parts of a text, and the place of what is no longer there.
  'TweetEntities',
  'HashtagEntity',
  'MentionEntity',
  'UrlEntity',
  'CashtagEntity',
  'TextRange',
  'TweetTombstone',
  'Conversation',
];

const description = {
  ...graphql.configs['flat/schema-recommended'].rules['@graphql-eslint/require-description'][1],
  FieldDefinition: true,
  InputValueDefinition: true,
  EnumValueDefinition: true,
  // Every field of a root type is described; of the type itself there is nothing to say.
  ignoredSelectors: ['[type=ObjectTypeDefinition][name.value=/^(Query|Mutation|Subscription)$/]'],
};

export default [
  {
    files: ['**/*.graphql'],
    plugins: { '@graphql-eslint': graphql },
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { projects } } },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...graphql.configs['flat/schema-relay'].rules,
      '@graphql-eslint/require-description': ['error', description],
      // One line stands in plain quotes, a paragraph in block quotes; the rule knows only one of the two.
      '@graphql-eslint/description-style': 'off',
      // It objects to `User.username`, which everybody calls that.
      '@graphql-eslint/no-typename-prefix': 'off',
      // The rule remembers the edges of the first file that it sees, so that it looks at the composed schema alone, below.
      '@graphql-eslint/relay-edge-types': 'off',
      // Lists that are read from the newest on, as the contract with clients has them, go forwards only.
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      '@graphql-eslint/strict-id-in-types': [
        'error',
        {
          acceptedIdNames: ['id'],
          acceptedIdTypes: ['ID'],
          exceptions: { suffixes: ['Connection', 'Edge', 'Payload'], types: WITHOUT_IDENTITY },
        },
      ],
    },
  },
  {
    files: ['platform/schema.graphql'],
    // A part of every subgraph's schema: what one of them does not use, another does.
    rules: { '@graphql-eslint/no-unreachable-types': 'off' },
  },
  {
    files: ['schema/api.graphql'],
    rules: {
      // Lists that cannot grow (user errors, a text's entities, nodes by their ids) are plain, and `nodes` stands beside
      // `edges`. That what edges hold has an id which `node` finds is a test's to say, with its exceptions.
      '@graphql-eslint/relay-edge-types': [
        'error',
        { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],
    },
  },
];
