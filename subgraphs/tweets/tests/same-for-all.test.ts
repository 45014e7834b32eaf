import { readFileSync } from 'node:fs';
import { type ConstDirectiveNode, Kind, parse, valueFromASTUntyped } from 'graphql';
import { expect, test } from 'vitest';
import { sameForAll } from '../src/same-for-all.ts';

const isTag = ({ name, arguments: args = [] }: ConstDirectiveNode) =>
  name.value === 'tag' && args.some(({ value }) => valueFromASTUntyped(value) === 'same-for-all');

test('what rows are shared of is what the schema tells the gateway to be the same for all', () => {
  const { definitions } = parse(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'));
  for (const [name, { ofRow, ofFact, ofReference = [] }] of Object.entries(sameForAll)) {
    const type = definitions.find((each) => each.kind === Kind.OBJECT_TYPE_DEFINITION && each.name.value === name);
    const fields = type?.kind === Kind.OBJECT_TYPE_DEFINITION ? (type.fields ?? []) : [];
    const told = fields.filter(({ directives = [] }) => directives.some(isTag)).map((field) => field.name.value);
    // Between subgraphs alone, where no client sees it.
    const hidden = fields.filter(({ directives = [] }) =>
      directives.some((each) => each.name.value === 'inaccessible'),
    );
    const known = [...told, ...hidden.map((field) => field.name.value)];
    expect(known).toEqual(expect.arrayContaining([...ofRow, ...(ofFact?.fields ?? []), ...ofReference]));
  }
});
