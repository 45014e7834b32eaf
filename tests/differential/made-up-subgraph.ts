import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getNamedType,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  Kind,
  parse,
  type SelectionNode,
} from 'graphql';
import { hash, oneIn } from './chance.ts';
import type { KeyFields } from './key-fields.ts';

/** What the made-up world of one case is like. */
export interface World {
  readonly seed: number;
  /** Fields fail now and then. */
  readonly withErrors: boolean;
}

/** A thing: of which type, and which one. In every subgraph it has the same values. */
interface Thing {
  readonly __typename: string;
  readonly which: number;
  /** What the gateway told of it. */
  readonly told?: Record<string, unknown>;
}

interface Context {
  readonly world: World;
}

const THINGS = 6;

function digits(value: unknown): number | undefined {
  const [text] = /\d+$/.exec(String(value)) ?? [];
  return text === undefined || Number(text) >= THINGS ? undefined : Number(text);
}

/** Which thing a representation is about: every leaf of a key ends in its number. */
function whichOf(told: Record<string, unknown>, type: string, keys: KeyFields): number | undefined {
  for (const [name, value] of Object.entries(told)) {
    if (value === null || name === '__typename') continue;
    const coordinate = `${type}.${name}`;
    if (keys.names.has(coordinate)) return digits(value);
    if (!keys.objects.has(coordinate)) continue;
    const leaf = Object.values(value as Record<string, unknown>).find((each) => typeof each !== 'object');
    if (leaf !== undefined) return digits(leaf);
    for (const inner of Object.values(value as Record<string, unknown>)) {
      const deeper = Object.values(inner as object)[0];
      if (deeper !== undefined) return digits(deeper);
    }
  }
  return undefined;
}

function pickTold(told: unknown, selections: readonly SelectionNode[]): unknown {
  if (Array.isArray(told)) return told.map((each) => pickTold(each, selections));
  if (typeof told !== 'object' || told === null) return told ?? null;
  return selections.flatMap((selection): unknown[] => {
    if (selection.kind !== Kind.FIELD)
      return selection.kind === Kind.INLINE_FRAGMENT ? [pickTold(told, selection.selectionSet.selections)] : [];
    const value = (told as Record<string, unknown>)[selection.name.value];
    return [
      [selection.name.value, selection.selectionSet ? pickTold(value, selection.selectionSet.selections) : value],
    ];
  });
}

/** One of each length in UTF-8, and half of one. */
const CHARACTERS = ['a', 'é', 'ไ', '🐦', '\ud83d'];

function leafValue(type: string, field: string, of: Thing, seed: number, more: string): unknown {
  const number = hash(seed, of.__typename, of.which, field, more);
  switch (type) {
    case 'Int':
      return number % 100;
    case 'Float':
      return (number % 1_000) / 8;
    case 'Boolean':
      return number % 2 === 0;
    case 'DateTime':
      return new Date(1_700_000_000_000 + (number % 1_000_000)).toISOString();
    case 'URL':
      return `https://example.org/${number % 100}`;
    default:
      return `${field} ${CHARACTERS[number % CHARACTERS.length]} ${number % 50}${more}`;
  }
}

/** A subgraph whose every field answers something made up, the same for the same thing, also to another subgraph. */
export function madeUpSubgraph(name: string, typeDefs: DocumentNode, keys: KeyFields) {
  const schema = buildSubgraphSchema({ typeDefs });
  const documents = new Map<string, DocumentNode>();

  function concrete(type: GraphQLOutputType, which: number): string {
    const named = getNamedType(type);
    if (!isAbstractType(named)) return named.name;
    const possible = schema.getPossibleTypes(named).map((each) => each.name);
    return possible.sort()[which % possible.length] ?? named.name;
  }

  function value(type: GraphQLOutputType, parent: Thing, info: GraphQLResolveInfo, world: World, at: string): unknown {
    const { fieldName } = info;
    if (isNonNullType(type)) return value(type.ofType, parent, info, world, `${at}!`);
    const about = [world.seed, parent.__typename, parent.which, fieldName, at];
    const isPlain = !at.endsWith('!');
    if (isPlain && oneIn(9, 'null', ...about)) return null;
    if (isListType(type)) {
      const length = hash('length', ...about) % 4;
      return Array.from({ length }, (_, index) => value(type.ofType, parent, info, world, `${at}${index}`));
    }
    const coordinate = `${info.parentType.name}.${fieldName}`;
    if (isLeafType(type)) {
      if (keys.names.has(coordinate)) return type.name === 'Int' ? parent.which : `${fieldName}-${parent.which}`;
      if (isEnumType(type)) {
        const names = type.getValues().map((each) => each.name);
        return names[hash(...about) % names.length];
      }
      const required = keys.requires.get(coordinate);
      const made = required ? JSON.stringify(pickTold(parent.told, required)) : '';
      return leafValue(type.name, fieldName, parent, world.seed, made + at.replaceAll('!', ''));
    }
    const which = keys.objects.has(coordinate) ? parent.which : hash('which', ...about) % THINGS;
    return { __typename: concrete(type, which), which };
  }

  function resolveField(source: unknown, args: unknown, { world }: Context, info: GraphQLResolveInfo): unknown {
    const parent = (source ?? { __typename: info.parentType.name, which: 0 }) as Thing;
    const coordinate = `${info.parentType.name}.${info.fieldName}`;
    const isKey = keys.names.has(coordinate) || keys.objects.has(coordinate);
    const asked = JSON.stringify(args);
    if (
      world.withErrors &&
      !isKey &&
      oneIn(25, 'error', world.seed, name, parent.__typename, parent.which, coordinate)
    ) {
      const code = hash(world.seed, coordinate) % 2 === 0 ? { extensions: { code: 'FORBIDDEN' } } : {};
      throw new GraphQLError(`${coordinate} fails`, code);
    }
    if (isKey) return value(info.returnType, parent, info, { ...world, seed: 0 }, '!');
    return value(info.returnType, parent, info, world, asked === '{}' ? '' : asked);
  }

  function resolveEntities(representations: readonly Record<string, unknown>[], { world }: Context): unknown[] {
    return representations.map((told) => {
      const type = String(told.__typename);
      const which = whichOf(told, type, keys);
      if (which === undefined) return new GraphQLError(`a representation without a key: ${JSON.stringify(told)}`);
      if (oneIn(12, 'absent', world.seed, name, type, which)) return null;
      if (world.withErrors && oneIn(15, 'broken', world.seed, name, type, which))
        return new GraphQLError(`${type} ${which} fails`);
      return { __typename: concrete(schema.getType(type) as GraphQLOutputType, which), which, told };
    });
  }

  const entities = schema.getQueryType()?.getFields()._entities;
  if (entities) entities.resolve = (_source, args, context) => resolveEntities(args.representations, context);

  return {
    name,
    async execute(query: string, variables: Record<string, unknown>, world: World): Promise<FormattedExecutionResult> {
      let document = documents.get(query);
      if (!document) {
        document = parse(query, { noLocation: true });
        if (documents.size > 500) documents.clear();
        documents.set(query, document);
      }
      const { data, errors } = await execute({
        schema,
        document,
        variableValues: variables,
        contextValue: { world } satisfies Context,
        typeResolver: (thing) => (thing as Thing).__typename,
        fieldResolver: resolveField,
      });
      return JSON.parse(JSON.stringify({ ...(data !== undefined && { data }), ...(errors && { errors }) }));
    },
  };
}

export type MadeUpSubgraph = ReturnType<typeof madeUpSubgraph>;
