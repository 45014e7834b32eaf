import { signedOut } from '@starling/platform/identity';
import { parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { plannedOperations } from './planned-operations.ts';
import { committedSupergraph, loadSupergraph } from './supergraph.ts';

const supergraph = loadSupergraph(committedSupergraph());

it('are kept by their text, so many and no more', () => {
  const { plan, size } = plannedOperations(supergraph, { keptTexts: 2 });
  const text = (name: string) => `{ ${name}: viewer { id } }`;
  const first = plan(parse(text('a')), null);
  expect(plan(parse(text('a')), null)).toBe(first);
  for (const name of ['b', 'c']) plan(parse(text(name)), null);
  expect(plan(parse(text('a')), null)).not.toBe(first);
  expect(size()).toBe(2);
});

it('without a text, are kept with the document', () => {
  const { plan } = plannedOperations(supergraph);
  const document = parse('{ viewer { id } }', { noLocation: true });
  expect(plan(document, null)).toBe(plan(document, null));
  expect(plan(parse('{ viewer { id } }', { noLocation: true }), null)).not.toBe(plan(document, null));
});

it('of documents that are to be kept are pushed out by no others', () => {
  const document = parse('{ kept: viewer { id } }');
  const { plan } = plannedOperations(supergraph, { keptTexts: 1, keptDocuments: [document] });
  const first = plan(document, null);
  for (const name of ['b', 'c']) plan(parse(`{ ${name}: viewer { id } }`), null);
  expect(plan(document, null)).toBe(first);
});

it('have nothing to do with the other operations of their document', async () => {
  const document = parse(`
    query Text($id: ID!) { tweet(id: $id) { ...Shown } }
    query Id($id: Boolean!) { viewer { pinnedTweet { ...Hidden } } }
    fragment Shown on Tweet { text }
    fragment Hidden on Tweet { id @include(if: $id) }`);
  expect(validate(supergraph.schema, document)).toEqual([]);
  const { compiled } = plannedOperations(supergraph).plan(document, 'Text');
  const asked: unknown[] = [];
  const answer = await compiled?.execute({
    identity: signedOut('r'),
    variables: { id: '7' },
    patience: undefined,
    ask(_subgraph, { variables }) {
      asked.push(variables);
      return { data: { tweet: { __typename: 'Tweet', text: 'hello' } } };
    },
  });
  expect([answer, asked]).toEqual([{ data: { tweet: { text: 'hello' } } }, [{ id: '7' }]]);
});
