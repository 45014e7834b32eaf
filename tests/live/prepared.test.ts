import { committedSupergraph, createExecutor, loadSupergraph } from '@starling/gateway';
import { signedOut } from '@starling/platform/identity';
import { createLogger } from '@starling/platform/telemetry';
import { parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../engines/processes.ts';
import { EventText } from '../../gateway/src/execution/shared/shared-events.ts';
import { inProcessSource } from '../../gateway/src/execution/subgraph-source.ts';
import { createClient, type Person } from '../contract/people.ts';
import { type RunningStarling, startStarling } from '../support/starling.ts';

const CONVERSATION = parse(`subscription ($tweetId: ID!) { conversationUpdates(tweetId: $tweetId) {
  ... on TweetAdded { tweet { text author { username } } } } }`);

let starling: RunningStarling;
let author: Person;
beforeAll(async () => {
  starling = await startStarling({ shape: 'one-process' });
  author = await createClient(starling).register('author');
});
afterAll(() => starling?.stop());

it('what readers share of an event is made before any of them takes it, whichever subgraphs it needs', async () => {
  const asked: string[] = [];
  const logger = createLogger('test', 'fatal');
  const executor = createExecutor({
    supergraph: loadSupergraph(committedSupergraph()),
    sources: starling.subgraphs.map((subgraph) => inProcessSource(subgraph, logger)),
    logger,
    onFetch: ({ subgraph }) => asked.push(subgraph),
  });
  const tweetId = await author.post('Root');
  const operation = { document: CONVERSATION, variables: { tweetId } };
  const stream = await executor.subscribe(operation, signedOut('test'));
  if (!('take' in stream)) throw new Error(JSON.stringify(stream));

  await author.post('For all', { replyToTweetId: tweetId });
  await until('the author was asked for', async () => asked.includes('users'));
  asked.length = 0;
  const { value } = await stream.next();
  if (!(value instanceof EventText)) throw new Error('It was made for one reader alone.');
  expect(JSON.parse(`{"payload":${Buffer.from(value.rest)}`)).toEqual({
    payload: { data: { conversationUpdates: { tweet: { text: 'For all', author: { username: author.username } } } } },
  });
  expect(asked).toEqual([]);
  await stream.return();
});
