import type { PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import { committedSupergraph, createExecutor, loadSupergraph } from '@starling/gateway';
import { type DocumentNode, parse } from 'graphql';
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
  ['things by their ids', NodesDocument, 'users > (social-graph | tweets > users)'],
  ['oneself', ViewerDocument, 'users > (social-graph | tweets)'],
  ['the followers of somebody', FollowersDocument, 'users > social-graph > users'],
  ['a conversation', ConversationDocument, 'tweets > (users | users | users | users | users | users)'],
  ['posting', PostTweetDocument, 'tweets > (users | users | users | users | users)'],
])('plans %s', (_what, document, expected) => {
  const { node }: QueryPlan = plan(document, null);
  expect(inOneLine(node)).toBe(expected);
});

it('asks the owner of a thing whether it is there, also for nothing but its id', () => {
  const document = parse('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }');
  expect(inOneLine(plan(document, null).node)).toBe('users > (social-graph | tweets)');
});

it('makes a plan once for a document', () => {
  expect(plan(HomeTimelineDocument, null)).toBe(plan(HomeTimelineDocument, null));
});
