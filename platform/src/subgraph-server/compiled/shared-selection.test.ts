import { buildSubgraphSchema } from '@apollo/subgraph';
import { type ExecutionResult, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { SHARED_PART, SharedAnswer, sharedPartOf } from '../shared-answer.ts';
import { compileOperation } from './compile-operation.ts';
import { sharingOf } from './shared-selection.ts';

interface Row {
  readonly id: string;
  readonly text: string | null;
  readonly by: { readonly name: string };
}

interface Context {
  readonly viewer: string;
  readonly rows: Map<string, Row>;
  readonly counts: Map<string, { readonly likes: number }>;
  readonly later?: boolean;
  readonly broken?: boolean;
}

const TYPES = `
  type Query { notes(on: Boolean = true): [Note!]! pair: Pair }
  type Pair { one: Thing other: Int! }
  union Thing = Note | Reader
  type Note { id: ID! text: String by: Person! length: Int! start(of: Int): String likes: Int! mine: Boolean! readBy: [Reader!]! }
  type Person { name: String! }
  type Reader { name: String! }
`;

const countOf = ({ counts, later }: Context, id: string) => (later ? Promise.resolve(counts.get(id)) : counts.get(id));

const schema = buildSubgraphSchema({
  typeDefs: parse(TYPES),
  resolvers: {
    Query: {
      notes: (_root: unknown, _args: unknown, { rows }: Context) => [...rows.values()],
      pair: (_root: unknown, _args: unknown, { rows, broken }: Context) => {
        return { one: rows.get('1'), other: broken ? null : 1 };
      },
    },
    Thing: { __resolveType: async () => 'Note' },
    Note: {
      length(row: Row, _args: unknown, { broken }: Context) {
        if (broken) throw new Error('broken');
        return row.text?.length ?? 0;
      },
      async likes({ id }: Row, _args: unknown, context: Context) {
        return (await countOf(context, id))?.likes ?? 0;
      },
      start: ({ text }: Row, args: { readonly of?: number }) => text?.slice(0, args.of),
      mine: ({ by }: Row, _args: unknown, { viewer }: Context) => by.name === viewer,
      readBy: (_row: Row, _args: unknown, { viewer }: Context) => [{ name: viewer }],
    },
  } as never,
});
// At once, where the count is there: an async resolver never is.
const likes = schema.getType('Note') as unknown as { getFields(): { likes: { resolve: unknown } } };
likes.getFields().likes.resolve = ({ id }: Row, _args: unknown, context: Context) => {
  const count = countOf(context, id);
  return count instanceof Promise ? count.then((known) => known?.likes ?? 0) : (count?.likes ?? 0);
};

const SHARED = {
  Note: {
    ofRow: ['length', 'start'],
    ofFact: { fields: ['likes'], read: ({ id }: Row, context: Context) => countOf(context, id) },
  },
};

function world(): Context {
  const rows = new Map([['1', { id: '1', text: 'hello', by: { name: 'ada' } }]]);
  return { viewer: 'ada', rows, counts: new Map([['1', { likes: 3 }]]) };
}

function operation(text: string) {
  const compiled = compileOperation(schema, parse(text), undefined, sharingOf(SHARED));
  return async (contextValue: Context, variableValues = {}) => {
    const result = await (compiled.execute({ contextValue, variableValues }) as ExecutionResult);
    const [note] = (result.data?.notes ?? []) as object[];
    return { note, errors: result.errors, shown: JSON.stringify(result) };
  };
}

/** As often as it takes until what can be kept is. */
async function asked<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  await ask();
  await ask();
  return ask();
}

describe('what is the same for everybody', () => {
  const WHOLE = '{ notes { id text by { name } length likes } }';

  it('is one object for all of them, which says what it would say otherwise', async () => {
    const ask = operation(WHOLE);
    const given = world();
    const first = await ask(given);
    const one = await asked(() => ask(given));
    const other = await ask({ ...given, viewer: 'bo' });
    expect(other.note).toBeInstanceOf(SharedAnswer);
    expect(other.note).toBe(one.note);
    expect([one.shown, other.shown]).toEqual([first.shown, first.shown]);
    expect(() => Object.assign(one.note ?? {}, { text: 'changed' })).toThrow(TypeError);
  });

  it('is another one as soon as its row or its fact is', async () => {
    const ask = operation(WHOLE);
    const given = world();
    await asked(() => ask(given));
    given.counts.set('1', { likes: 4 });
    expect((await ask(given)).note).toMatchObject({ likes: 4 });
    await asked(() => ask(given));
    given.rows.set('1', { id: '1', text: 'changed', by: { name: 'ada' } });
    expect((await ask(given)).note).toMatchObject({ text: 'changed', length: 7, likes: 4 });
    given.counts.delete('1');
    expect((await asked(() => ask(given))).note).toMatchObject({ likes: 0 });
  });

  it('is a part of what each viewer gets, in the order of the document', async () => {
    const ask = operation('{ notes { mine id text readBy { name } by { name } length } }');
    const given = world();
    const ada = await asked(() => ask(given));
    const bo = await ask({ ...given, viewer: 'bo' });
    expect(ada.shown).toBe(
      '{"data":{"notes":[{"mine":true,"id":"1","text":"hello","readBy":[{"name":"ada"}],"by":{"name":"ada"},"length":5}]}}',
    );
    expect(bo.shown).toBe(
      ada.shown.replace('"mine":true', '"mine":false').replace('[{"name":"ada"}]', '[{"name":"bo"}]'),
    );
    expect(sharedPartOf(bo.note ?? {})).toBe(sharedPartOf(ada.note ?? {}));
    expect(Object.keys(bo.note ?? {})).not.toContain(SHARED_PART);
  });

  it('differs by what is included, and by names', async () => {
    const ask = operation('query ($on: Boolean!) { notes { a: id b: text length likes @include(if: $on) } }');
    const given = world();
    for (const on of [true, false, true, false, true, false]) {
      expect((await ask(given, { on })).shown).toBe(
        `{"data":{"notes":[{"a":"1","b":"hello","length":5${on ? ',"likes":3' : ''}}]}}`,
      );
    }
  });

  it('is not what is asked with arguments', async () => {
    const ask = operation('query ($of: Int!) { notes { id text length start(of: $of) } }');
    const given = world();
    for (const of of [1, 2, 3, 4, 1])
      expect((await ask(given, { of })).note).toMatchObject({ start: 'hello'.slice(0, of) });
  });

  it('is not kept of what came later, or failed', async () => {
    const ask = operation(WHOLE);
    const later = await asked(() => ask({ ...world(), later: true }));
    expect(later.note).not.toBeInstanceOf(SharedAnswer);
    const given = world();
    const broken = await asked(() => ask({ ...given, broken: true }));
    expect(broken.errors).toHaveLength(1);
    expect((await ask(given)).note).toMatchObject({ length: 5 });
  });

  it('is not kept of what failed where nobody was told of it any more', async () => {
    const ask = operation('{ pair { one { ... on Note { id text length } } other } }');
    const given = world();
    const broken = await asked(() => ask({ ...given, broken: true }));
    expect(broken.errors).toHaveLength(1);
    expect((await ask(given)).shown).toBe('{"data":{"pair":{"one":{"id":"1","text":"hello","length":5},"other":1}}}');
  });
});
