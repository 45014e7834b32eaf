import { setTimeout as pause } from 'node:timers/promises';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { createClient as createWsClient } from 'graphql-ws';
import { map } from 'rxjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createClient, type Person } from '../contract/people.ts';
import { type AnotherGateway, type RunningStarling, startStarling } from '../support/starling.ts';

const HOME = gql`query { homeTimeline(first: 5) { nodes { id text author { id username } } } }`;
const UPDATES = gql`subscription ($after: String) { homeTimelineUpdates(after: $after) {
  ... on TweetAdded { cursor tweet { id text author { id username } } }
  ... on TweetRemoved { cursor tweetId }
  ... on StreamGap { cursor reason } } }`;

interface Tweet {
  readonly id: string;
  readonly text: string;
  readonly author: { readonly username: string };
}
interface Updates {
  readonly homeTimelineUpdates: { readonly cursor: string; readonly tweet?: Tweet; readonly reason?: string };
}

let starling: RunningStarling;
let gateway: AnotherGateway;
let author: Person;

beforeAll(async () => {
  starling = await startStarling({ shape: 'one-process' });
  gateway = await starling.startAnotherGateway();
  author = await createClient(starling).register('author');
});
afterAll(() => starling?.stop());

/** Apollo Client as its documentation sets it up; `between` stands before the link to the socket. */
function openApollo(between: readonly ApolloLink[] = []) {
  const authorization = `Bearer ${author.accessToken}`;
  const socket = createWsClient({
    url: gateway.wsUrl,
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: () => pause(20),
    shouldRetry: () => true,
  });
  const live = ApolloLink.from([...between, new GraphQLWsLink(socket)]);
  const http = new HttpLink({ uri: `${gateway.url}/graphql`, headers: { authorization } });
  const client = new ApolloClient({
    cache: new InMemoryCache({ possibleTypes: { HomeTimelineUpdate: ['TweetAdded', 'TweetRemoved', 'StreamGap'] } }),
    link: ApolloLink.split(({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION, live, http),
  });
  const received: string[] = [];
  const watching = client.subscribe<Updates>({ query: UPDATES, variables: { after: null } }).subscribe({
    next: ({ data, error }) =>
      received.push(data?.homeTimelineUpdates.tweet?.text ?? data?.homeTimelineUpdates.reason ?? String(error)),
    error: (error) => received.push(`error ${String(error)}`),
  });
  return {
    client,
    received,
    async until(last: string): Promise<void> {
      await expect.poll(() => received.at(-1), { timeout: 30_000 }).toBe(last);
    },
    async close() {
      watching.unsubscribe();
      client.stop();
      await socket.dispose();
    },
  };
}

let calls = 0;

/** A stream stands once it has told of something. */
async function standing({ received }: { readonly received: readonly string[] }): Promise<void> {
  const before = received.length;
  while (received.length === before) {
    await author.post(`call ${++calls}`);
    await pause(20);
  }
}

it('Apollo Client reads pages and streams, and its cache takes what the stream tells of', async () => {
  const apollo = openApollo();
  await standing(apollo);
  const id = await author.post('told');
  await apollo.until('told');
  const told = apollo.client.cache.readFragment<Tweet>({
    id: `Tweet:${id}`,
    fragment: gql`fragment Told on Tweet { id text author { id username } }`,
  });
  expect(told).toMatchObject({ id, text: 'told', author: { username: author.username } });
  const { data } = await apollo.client.query<{ homeTimeline: { nodes: Tweet[] } }>({ query: HOME });
  expect(data?.homeTimeline.nodes[0]).toMatchObject({ id, text: 'told' });
  await apollo.close();
});

it('after the gateway has been started again, its socket goes on by itself', async () => {
  const apollo = openApollo();
  await standing(apollo);
  await gateway.close();
  await gateway.openAgain();
  await standing(apollo);
  await author.post('after');
  await apollo.until('after');
  expect(apollo.received.filter((text) => !/^call|^after$/.test(text))).toEqual([]);
  await apollo.close();
});

it('and with a link that keeps the cursor, nothing is missing', async () => {
  const keepCursor = new ApolloLink((operation, forward) =>
    forward(operation).pipe(
      map((result) => {
        const { homeTimelineUpdates } = result.data as unknown as Updates;
        operation.variables.after = homeTimelineUpdates.cursor;
        return result;
      }),
    ),
  );
  const apollo = openApollo([keepCursor]);
  await standing(apollo);
  await author.post('before');
  await apollo.until('before');
  await gateway.close();
  await author.post('missed 1');
  await author.post('missed 2');
  await gateway.openAgain();
  await apollo.until('missed 2');
  await author.post('after');
  await apollo.until('after');
  expect(apollo.received.slice(apollo.received.indexOf('before'))).toEqual(['before', 'missed 1', 'missed 2', 'after']);
  await apollo.close();
});
