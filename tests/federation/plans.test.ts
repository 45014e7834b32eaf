import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import { committedSupergraph, createExecutor, loadSupergraph } from '@starling/gateway';
import { concatAST, type DocumentNode, parse, separateOperations } from 'graphql';
import pino from 'pino';
import { expect, it } from 'vitest';
import {
  ConversationDocument,
  FollowersDocument,
  HomeTimelineDocument,
  HomeTimelineIdsDocument,
  HomeTimelineUpdatesDocument,
  NodesDocument,
  PostTweetDocument,
  ProfileDocument,
  TweetByIdDocument,
  ViewerDocument,
} from '../../schema/generated/graphql.ts';

const { plan } = createExecutor({
  supergraph: loadSupergraph(committedSupergraph()),
  sources: [],
  logger: pino({ level: 'silent' }),
});

/** A plan in one line: `a > b` is b after a, `(a | b)` is both at once. */
function inOneLine(node: PlanNode | SubscriptionNode | undefined): string {
  switch (node?.kind) {
    case 'Fetch':
      return node.serviceName;
    case 'Flatten':
      return inOneLine(node.node);
    case 'Sequence':
      return node.nodes.map(inOneLine).join(' > ');
    case 'Parallel':
      return `(${node.nodes.map(inOneLine).join(' | ')})`;
    case 'Subscription':
      return `on ${inOneLine(node.primary)}: ${inOneLine(node.rest)}`;
    default:
      throw new Error(`no plan is expected to have a ${node?.kind ?? 'gap'}`);
  }
}

it.each<[string, DocumentNode, string]>([
  ['a home page: two hops behind its entries', HomeTimelineDocument, 'timeline > (users | tweets > (users | users))'],
  ['ids of a home page', HomeTimelineIdsDocument, 'timeline'],
  ['a live home', HomeTimelineUpdatesDocument, 'on timeline: (users | tweets > (users | users))'],
  ['a profile', ProfileDocument, 'users > (timeline > tweets > (users | users) | social-graph | tweets)'],
  ['a tweet', TweetByIdDocument, 'tweets > (users | users)'],
  // Of owners, only those are asked of whose kind there is an id.
  ['things by their ids', NodesDocument, 'users > (social-graph | notifications | tweets > users)'],
  ['oneself', ViewerDocument, 'users > (social-graph | tweets)'],
  ['the followers of somebody', FollowersDocument, 'users > social-graph > users'],
  ['a conversation', ConversationDocument, 'tweets > (users | users | users | users | users | users)'],
  ['posting', PostTweetDocument, 'tweets > (users | users | users | users | users)'],
])('plans %s', (_what, document, expected) => {
  const { node }: QueryPlan = plan(document, null).plan;
  expect(inOneLine(node)).toBe(expected);
});

it('asks the owner of a thing whether it is there, also for nothing but its id', () => {
  for (const selection of [
    'id',
    '__typename',
    'node: __typename',
    '... on User { username }',
    '... on Tweet { id: createdAt }',
  ]) {
    const document = parse(`query ($ids: [ID!]!) { nodes(ids: $ids) { ${selection} } }`);
    const [, owners = ''] = /^users > \((.*)\)$/.exec(inOneLine(plan(document, null).plan.node)) ?? [];
    expect(owners.split(' | ').sort(), selection).toEqual(['notifications', 'social-graph', 'tweets']);
  }
});

it('makes a plan once for a document, and once for a text however often it is parsed', () => {
  expect(plan(HomeTimelineDocument, null)).toBe(plan(HomeTimelineDocument, null));
  const text = 'query A { viewer { id } } query B { viewer { username } }';
  expect(plan(parse(text), 'A')).toBe(plan(parse(text), 'A'));
  expect(plan(parse(text), 'B')).not.toBe(plan(parse(text), 'A'));
});

it('compiles every operation that clients of ours send', () => {
  const folder = join(import.meta.dirname, '../../schema/operations');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.graphql'));
  const document = concatAST(files.map((name) => parse(readFileSync(join(folder, name), 'utf8'))));
  const operations = Object.values(separateOperations(document));
  expect(operations.length).toBeGreaterThan(30);
  for (const operation of operations) {
    const planned = plan(operation, null);
    expect([planned.uncovered, planned.compiled !== undefined]).toEqual([undefined, true]);
  }
});

it('leaves what it does not compile to the stock executor, and says why', async () => {
  const reasons: string[] = [];
  const sources = ['users', 'timeline'].map((name) => ({
    name,
    execute: async () => ({ data: { viewer: { __typename: 'User', id: '1', name: 'ada' } } }),
    subscribe: () => Promise.reject(new Error('no subscriptions here')),
    close: async () => {},
  }));
  const executor = createExecutor({
    supergraph: loadSupergraph(committedSupergraph()),
    sources,
    logger: pino({ level: 'silent' }),
    onUncovered: (reason) => reasons.push(reason),
  });
  const document = parse(
    'query ($representations: Int) { viewer { name: username timeline(first: $representations) { nodes { id } } } }',
  );
  const { data, errors } = await executor.execute(
    { document, variables: { representations: 3 } },
    { viewer: null, requestId: 'plans' },
  );
  expect(reasons).toEqual(['reserved-variable']);
  expect(data).toEqual({ viewer: { name: 'ada', timeline: null } });
  expect(errors).toHaveLength(1);
});
