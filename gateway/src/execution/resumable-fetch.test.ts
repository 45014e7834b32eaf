import type { FetchNode } from '@apollo/query-planner';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { plannedOperations } from './planned-operations.ts';
import { resumableFetch } from './resumable-fetch.ts';
import { committedSupergraph, loadSupergraph } from './supergraph.ts';

const schema = buildSchema(`
  type Query { one: Int }
  type Subscription {
    feed(room: ID!, after: String, gapReason: GapReason): FeedUpdate!
    added(after: String): Added
    note: String
  }
  union FeedUpdate = Added | Gap
  type Added { cursor: String! text: String }
  type Gap { cursor: String! reason: GapReason! }
  enum GapReason { SLOW_CLIENT BROKER_RESTARTED }
`);

function fetchOf(operation: string, variables: Record<string, unknown> = {}) {
  return resumableFetch(schema, { operation, operationName: 'Feed' } as FetchNode, variables);
}

describe('a resumable fetch', () => {
  it.each([
    ['a variable', 'subscription Feed($room: ID!, $from: String) { feed(room: $room, after: $from) { __typename } }'],
    ['a value', 'subscription Feed($room: ID!) { feed(room: $room, after: "c1") { __typename } }'],
    [
      'a default',
      'subscription Feed($room: ID!, $from: String = "c1") { feed(after: $from, room: $room) { ... on Added { text } } }',
    ],
  ])('begins where the client says by %s, and elsewhere when told', (how, operation) => {
    const given = how === 'a variable' ? { from: 'c1' } : {};
    const fetch = fetchOf(operation, { room: '7', ...given });
    expect(fetch?.start).toEqual({ after: 'c1' });
    const request = fetch?.requestAt({ after: 'c2', gapReason: 'SLOW_CLIENT' });
    expect(validate(schema, parse(request?.query ?? ''))).toEqual([]);
    expect(request).toMatchObject({
      operationName: 'Feed',
      variables: { room: '7', starlingAfter: 'c2', starlingGapReason: 'SLOW_CLIENT' },
    });
  });

  it('of which a plan names fragments has them, and every variable that is still used', () => {
    const supergraph = loadSupergraph(committedSupergraph());
    const { supergraphSchema } = supergraph;
    const document = parse(`
      subscription Talk($id: ID!, $a: String, $all: Boolean!, $an: Boolean!) {
        conversationUpdates(tweetId: $id, after: $a) {
          ... on TweetAdded { tweet { ...Card quoted { ...Card } replyTo { ...Card } } }
          ... on TweetRemoved { tweetId @skip(if: $an) }
        }
      }
      fragment Card on Tweet { id text @include(if: $all) createdAt conversationId language }`);
    const { node } = plannedOperations(supergraph).plan(document, null).plan;
    if (node?.kind !== 'Subscription') throw new Error('No subscription.');
    expect(node.primary.operation).toContain('fragment Card');
    const fetch = resumableFetch(supergraphSchema, node.primary, { id: '7', a: 'c1', all: true, an: true });
    expect(fetch?.start).toEqual({ after: 'c1' });
    const { query } = fetch?.requestAt({ after: 'c2' }) ?? {};
    expect(validate(supergraphSchema, parse(query ?? ''))).toEqual([]);
  });

  it('asks each kind of event for its cursor, whatever the client asks for, and takes it out', () => {
    const fetch = fetchOf('subscription Feed { mine: feed(room: "7") { ... on Added { cursor text } } }');
    expect(fetch?.start).toEqual({ after: null });
    expect(fetch?.requestAt({ after: null }).query.match(/starlingCursor: cursor/g)).toHaveLength(2);
    const event = { data: { mine: { cursor: 'c1', text: 'a', starlingCursor: 'c1' } } };
    const taken = fetch?.takeCursor(event);
    expect(taken).toEqual({ cursor: 'c1', event: { data: { mine: { cursor: 'c1', text: 'a' } } } });
    expect(fetch?.takeCursor(event)).toBe(taken);
    expect(event.data.mine.starlingCursor).toBe('c1');
    expect(fetch?.takeCursor({ data: null, errors: [] }).cursor).toBeUndefined();
  });

  it.each(['subscription { note }', 'subscription { added { text } }'])('is none of %s', (operation) => {
    expect(fetchOf(operation)).toBeUndefined();
  });
});
