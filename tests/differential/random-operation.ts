import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { type Chance, chance } from './chance.ts';
import { literal, ODD_NAMES, randomInput } from './random-input.ts';

export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string | undefined;
  /** Has a condition on an abstract type in a place of which the type is known. */
  readonly widens: boolean;
}

/** How large an operation may be. */
export interface Limits {
  readonly fields: number;
  readonly depth: number;
}

const ALIASES = [...ODD_NAMES, 'a', 'b', 'id', 'name'];

const INTROSPECTIONS = [
  '__schema { queryType { name } }',
  '__schema { queryType { name } types { kind name } }',
  '__type(name: "Query") { name ...on __Type { fields { name type { kind ofType { name } } } } }',
  'valueOf: __type(name: "Nothing") { name }',
  '__proto__: __type(name: "Int") { kind __typename }',
  'constructor: __schema { directives { name args { name defaultValue } } }',
];

/** Its variable may be another's, of another type, and so may its fragment's. */
const OTHER_OPERATION = 'query Other($v0: Boolean!) { ...FO } fragment FO on Query { __typename @skip(if: $v0) }';

/** Makes operations of everything that clients may write; not all of them are valid. */
class Writer {
  readonly variables: Record<string, unknown> = {};
  readonly definitions: string[] = [];
  readonly fragments: string[] = [];
  /** Names of variables. */
  private readonly names = new Set<string>();
  /** Variables that conditions use. */
  private readonly conditions: string[] = [];
  /** Fragments that are written to their ends, and the types that they are on. */
  private readonly whole: { readonly name: string; readonly on: string }[] = [];
  widens = false;
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly random: Chance,
    /** Fields that may still be written before it is time to end. */
    private budget: number,
    private readonly maxDepth: number,
  ) {}

  private unusedName(): string {
    const odd = this.random.oneIn(10) ? this.random.pick(ODD_NAMES) : undefined;
    return odd === undefined || this.names.has(odd) ? `v${this.definitions.length}` : odd;
  }

  private variable(type: string, value: unknown, fallback?: string, name = this.unusedName()): string {
    this.names.add(name);
    this.definitions.push(`$${name}: ${type}${fallback === undefined ? '' : ` = ${fallback}`}`);
    if (fallback === undefined || !this.random.oneIn(2)) {
      Object.defineProperty(this.variables, name, { value, enumerable: true, configurable: true, writable: true });
    }
    return `$${name}`;
  }

  private literal(type: GraphQLInputType, value: unknown): string {
    return literal(type, value, (of, each) => (this.random.oneIn(8) ? this.variable(String(of), each) : undefined));
  }

  private args({ args }: GraphQLField<unknown, unknown>): string {
    const given = args.flatMap(({ name, type, defaultValue }) => {
      if (!isNonNullType(type) && this.random.oneIn(2)) return [];
      if (defaultValue !== undefined && this.random.oneIn(2)) return [];
      const value = randomInput(type, this.random);
      if (this.random.oneIn(2)) return [`${name}: ${this.literal(type, value)}`];
      const fallback = this.random.oneIn(3) && !isNonNullType(type) ? literal(type, value, () => undefined) : undefined;
      return [`${name}: ${this.variable(String(type), value, fallback)}`];
    });
    return given.length > 0 ? `(${given.join(', ')})` : '';
  }

  private condition(): string {
    if (!this.random.oneIn(7)) return '';
    const [first, second] = this.random.oneIn(2) ? ['@include', '@skip'] : ['@skip', '@include'];
    return this.directive(first) + (this.random.oneIn(5) ? this.directive(second) : '');
  }

  private directive(directive = '@include'): string {
    if (this.random.oneIn(3)) return ` ${directive}(if: ${this.random.oneIn(2)})`;
    const value = this.random.oneIn(2);
    const fallback = this.random.oneIn(4) ? String(this.random.oneIn(2)) : undefined;
    if (this.conditions.length === 0 || this.random.oneIn(2)) {
      // graphql-js loses a variable of this name.
      const name = this.unusedName();
      const known = name === '__proto__' ? `v${this.definitions.length}` : name;
      this.conditions.push(this.variable('Boolean!', value, fallback, known));
    }
    return ` ${directive}(if: ${this.random.pick(this.conditions)})`;
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number): string {
    this.budget--;
    const type = getNamedType(field.type);
    const alias = this.random.oneIn(8)
      ? `${this.random.oneIn(3) ? this.random.pick(ALIASES) : `x${this.random.below(4)}`}: `
      : '';
    const below = isCompositeType(type) ? ` ${this.selectionSet(type, depth + 1)}` : '';
    return `${alias}${field.name}${this.args(field)}${this.condition()}${below}`;
  }

  private fragmentOn(type: GraphQLCompositeType): GraphQLCompositeType {
    const { schema, random } = this;
    if (isAbstractType(type)) return random.oneIn(4) ? type : random.pick(schema.getPossibleTypes(type));
    const around = isObjectType(type) && random.oneIn(2) ? type.getInterfaces() : [];
    return around.length > 0 ? random.pick(around) : type;
  }

  private fragment(type: GraphQLCompositeType, depth: number): string {
    const on = this.fragmentOn(type);
    if (isObjectType(type) && on !== type) this.widens = true;
    const condition = this.condition();
    if (!this.random.oneIn(4)) return `... on ${on.name}${condition} ${this.selectionSet(on, depth)}`;
    const known = this.whole.filter((each) => each.on === on.name);
    if (known.length > 0 && this.random.oneIn(2)) return `...${this.random.pick(known).name}${condition}`;
    const name = `F${this.fragments.length}`;
    const at = this.fragments.push('') - 1;
    this.fragments[at] = `fragment ${name} on ${on.name} ${this.selectionSet(on, depth)}`;
    this.whole.push({ name, on: on.name });
    return `...${name}${condition}`;
  }

  selectionSet(type: GraphQLCompositeType, depth: number): string {
    const { random } = this;
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const selections: string[] = [];
    const mayGoDeeper = depth < this.maxDepth && this.budget > 0;
    const usable = fields.filter((field) => mayGoDeeper || !isCompositeType(getNamedType(field.type)));
    const wanted = 1 + random.below(depth < 2 ? 4 : 3);
    for (let count = 0; count < wanted && usable.length > 0; count++)
      selections.push(this.field(random.pick(usable), depth));
    const fragments = isAbstractType(type) ? 1 + random.below(2) : Number(random.oneIn(6));
    for (let count = 0; count < fragments && mayGoDeeper; count++) selections.push(this.fragment(type, depth + 1));
    if (selections.length === 0 || random.oneIn(8)) {
      selections.push(random.oneIn(4) ? 'type: __typename' : '__typename');
    }
    if (isInterfaceType(type) && random.oneIn(20)) selections.push('__typename @skip(if: true)');
    return `{ ${selections.join(' ')} }`;
  }
}

export function randomOperation(schema: GraphQLSchema, seed: number, { fields, depth }: Limits): RandomOperation {
  const random = chance(seed);
  const mutation = schema.getMutationType();
  const kind = mutation && random.oneIn(5) ? 'mutation' : 'query';
  const root = kind === 'mutation' ? mutation : schema.getQueryType();
  if (!root) throw new Error('A schema without queries.');
  const writer = new Writer(schema, random, fields, depth);
  const selections = writer.selectionSet(root, 0);
  const introspection = kind === 'query' && random.oneIn(25) ? random.pick(INTROSPECTIONS) : '';
  const isLast = random.oneIn(2);
  const body = `{ ${isLast ? '' : introspection} ${selections.slice(1, -1)} ${isLast ? introspection : ''} }`;
  const definitions = writer.definitions.length > 0 ? `(${writer.definitions.join(', ')})` : '';
  const operationName = random.oneIn(10) ? random.pick([...ODD_NAMES, 'Page']) : undefined;
  const others = operationName && random.oneIn(2) ? [OTHER_OPERATION] : [];
  return {
    query: [`${kind} ${operationName ?? ''}${definitions}${body}`, ...writer.fragments, ...others].join('\n'),
    variables: writer.variables,
    operationName,
    widens: writer.widens,
  };
}
