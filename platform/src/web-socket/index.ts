export * from './graphql-sockets.ts';
