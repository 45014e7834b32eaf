import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { plannedOperations } from './planned-operations.ts';
import { committedSupergraph, loadSupergraph } from './supergraph.ts';

const supergraph = loadSupergraph(committedSupergraph());

it('are kept by their text, so many and no more', () => {
  const plan = plannedOperations(supergraph, 2);
  const text = (name: string) => `{ ${name}: viewer { id } }`;
  const first = plan(parse(text('a')), null);
  expect(plan(parse(text('a')), null)).toBe(first);
  for (const name of ['b', 'c']) plan(parse(text(name)), null);
  expect(plan(parse(text('a')), null)).not.toBe(first);
});

it('without a text, are kept with the document', () => {
  const plan = plannedOperations(supergraph);
  const document = parse('{ viewer { id } }', { noLocation: true });
  expect(plan(document, null)).toBe(plan(document, null));
  expect(plan(parse('{ viewer { id } }', { noLocation: true }), null)).not.toBe(plan(document, null));
});
