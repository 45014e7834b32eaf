import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import type { Chance } from './chance.ts';

/** Names that objects have by nature. */
export const ODD_NAMES = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];

/** What quoting, counting and comparing texts may stumble over. */
const ODD_TEXTS = ['', '"', '\\', '{', '$v0', '#', 'two\nlines', '\u2028', 'Ä😀', 'e\u0301', 'null', '7', ...ODD_NAMES];
const ODD_INTS = [0, -1, 2 ** 31 - 1, -(2 ** 31)];
const ODD_FLOATS = [0, 7, -0.5, 1e300, 1e-7, 2 ** 53];

/** Values of arguments, as JSON: valid ones, nulls where they may be, and now and then the kinds that are rare. */
export function randomInput(type: GraphQLInputType, random: Chance, depth = 0): unknown {
  if (isNonNullType(type)) return present(type.ofType, random, depth);
  return random.oneIn(12) ? null : present(type, random, depth);
}

function present(type: GraphQLInputType, random: Chance, depth: number): unknown {
  if (isNonNullType(type)) return present(type.ofType, random, depth);
  if (isListType(type)) {
    // One value is a list of one.
    if (random.oneIn(8) && !isListType(type.ofType)) return present(type.ofType, random, depth);
    return Array.from({ length: random.below(3) }, () => randomInput(type.ofType, random, depth));
  }
  if (isEnumType(type)) return random.pick(type.getValues()).name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      ({ type: of }) => isNonNullType(of) || (depth < 2 && random.oneIn(2)),
    );
    return Object.fromEntries(fields.map((field) => [field.name, randomInput(field.type, random, depth + 1)]));
  }
  switch (type.name) {
    case 'Int':
      return random.oneIn(10) ? random.pick(ODD_INTS) : random.below(10);
    case 'Float':
      return random.oneIn(6) ? random.pick(ODD_FLOATS) : random.below(10) / 2;
    case 'Boolean':
      return random.oneIn(2);
    case 'DateTime':
      return '2026-01-31T12:00:00Z';
    case 'URL':
      return 'https://example.org/';
    case 'ID':
      return random.oneIn(10) ? random.below(10) : `id-${random.below(6)}`;
    default:
      return random.oneIn(6) ? random.pick(ODD_TEXTS) : `id-${random.below(6)}`;
  }
}

/** A value as a document has it. `inside` may put a variable in the place of a part of it. */
export function literal(
  type: GraphQLInputType,
  value: unknown,
  inside: (type: GraphQLInputType, value: unknown) => string | undefined,
): string {
  if (value === null) return 'null';
  if (isNonNullType(type)) return literal(type.ofType, value, inside);
  const part = (of: GraphQLInputType, each: unknown) => inside(of, each) ?? literal(of, each, inside);
  if (isListType(type)) {
    if (!Array.isArray(value)) return literal(type.ofType, value, inside);
    return `[${value.map((each) => part(type.ofType, each)).join(', ')}]`;
  }
  if (isEnumType(type)) return String(value);
  if (isInputObjectType(type)) {
    const fields = Object.entries(value as object).map(([name, each]) => {
      const field = type.getFields()[name];
      return `${name}: ${field ? part(field.type, each) : 'null'}`;
    });
    return `{${fields.join(', ')}}`;
  }
  return JSON.stringify(value);
}
