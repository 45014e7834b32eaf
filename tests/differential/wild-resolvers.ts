import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { hash, oneIn } from './chance.ts';

/** What resolvers answer in one case. */
export interface Wildness {
  readonly seed: number;
  /** Whether some answer later. */
  readonly later: boolean;
  /** Whether some fail, or answer what is not of their type. */
  readonly wrong: boolean;
}

type Give = (type: GraphQLOutputType, at: string) => unknown;

const NOT_OF_ANY_TYPE: readonly (() => unknown)[] = [
  () => 7,
  () => 'text',
  () => true,
  () => Number.NaN,
  () => [],
  () => ({}),
  () => [[1]],
  () => new Error('An error for a value.'),
  () => Symbol('odd'),
  () => 2n ** 70n,
];

function pathOf(path: GraphQLResolveInfo['path'] | undefined): string {
  return path ? `${pathOf(path.prev)}.${path.key}` : '';
}

function after(turns: number): Promise<void> {
  return turns === 0 ? Promise.resolve() : Promise.resolve().then(() => after(turns - 1));
}

/** Resolvers whose answers depend on their place alone, so that two executors get the same, in whichever order they ask. */
export function wildResolvers(schema: GraphQLSchema, { seed, later, wrong }: Wildness) {
  function leaf(name: string, at: string): unknown {
    const number = hash(seed, at, 'leaf');
    if (name === 'Int') return number % 1_000;
    if (name === 'Float') return (number % 1_000) / 8;
    if (name === 'Boolean') return number % 2 === 0;
    if (name === 'DateTime') return new Date(1_700_000_000_000 + (number % 1_000_000));
    return oneIn(10, number, 'number') ? number % 50 : `text ${number % 50}`;
  }

  /** An object whose properties are made up when they are read. */
  function object(type: GraphQLObjectType, at: string): object {
    return new Proxy(
      {},
      {
        get(_target, name) {
          if (name === '__typename') return type.name;
          const field = typeof name === 'string' ? type.getFields()[name] : undefined;
          if (!field) return undefined;
          const place = `${at}.${String(name)}`;
          if (oneIn(8, seed, place, 'method')) return (args: object) => give(field.type, place + JSON.stringify(args));
          return give(field.type, place);
        },
      },
    );
  }

  function present(type: GraphQLOutputType, at: string): unknown {
    if (isNonNullType(type)) return present(type.ofType, at);
    if (isListType(type)) {
      const items = Array.from({ length: hash(seed, at, 'length') % 4 }, (_, item) =>
        give(type.ofType, `${at}.${item}`, 12),
      );
      return oneIn(12, seed, at, 'set') ? new Set(items) : items;
    }
    if (isEnumType(type)) return type.getValues()[hash(seed, at) % type.getValues().length]?.value;
    if (isAbstractType(type)) {
      const possible = schema.getPossibleTypes(type);
      const concrete = possible[hash(seed, at, 'type') % possible.length];
      return concrete && object(concrete, at);
    }
    return isObjectType(type) ? object(type, at) : leaf(type.name, at);
  }

  function value(type: GraphQLOutputType, at: string, rarity: number): unknown {
    if (oneIn(rarity * (isNonNullType(type) ? 8 : 2), seed, at, 'null')) return oneIn(2, seed, at) ? null : undefined;
    if (wrong && oneIn(rarity * 4, seed, at, 'wrong')) {
      return NOT_OF_ANY_TYPE[hash(seed, at, 'which') % NOT_OF_ANY_TYPE.length]?.();
    }
    return present(type, at);
  }

  const give = (type: GraphQLOutputType, at: string, rarity = 6): unknown => {
    if (wrong && oneIn(rarity * 4, seed, at, 'fails')) {
      const error = new Error(`Failed at ${at}.`);
      // An item of a list cannot be thrown, and a property that throws does so when it is read.
      if (later && oneIn(2, seed, at, 'rejects')) return after(hash(seed, at) % 3).then(() => Promise.reject(error));
      return rarity === 12 ? error : thrown(error);
    }
    if (!later || !oneIn(3, seed, at, 'later')) return value(type, at, rarity);
    return after(hash(seed, at, 'turns') % 4).then(() => value(type, at, rarity));
  };

  function thrown(error: Error): never {
    throw error;
  }

  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || type.name.startsWith('_S')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith('_')) continue;
      const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
      if (!isRoot && oneIn(2, type.name, field.name)) delete field.resolve;
      else {
        field.resolve = (_source, args, _context, info) =>
          (give as Give)(field.type, pathOf(info.path) + JSON.stringify(args));
      }
    }
    const extensions = type.extensions as { apollo?: { subgraph?: { resolveReference?: unknown } } };
    const subgraph = { ...extensions.apollo?.subgraph };
    subgraph.resolveReference = (reference: object) => give(type, JSON.stringify(reference));
    type.extensions = { ...type.extensions, apollo: { ...extensions.apollo, subgraph } };
  }
}
