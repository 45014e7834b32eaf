import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { type Chance, chance } from './chance.ts';

export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Has a condition on an abstract type in a place of which the type is known. */
  readonly widens: boolean;
}

/** How large an operation may be. */
export interface Limits {
  readonly fields: number;
  readonly depth: number;
}

/** Names that objects have by nature. */
const ODD_ALIASES = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'a', 'b', 'id', 'name'];

/** Makes operations of everything that clients may write; not all of them are valid. */
class Writer {
  readonly variables: Record<string, unknown> = {};
  readonly definitions: string[] = [];
  readonly fragments: string[] = [];
  widens = false;
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly random: Chance,
    /** Fields that may still be written before it is time to end. */
    private budget: number,
    private readonly maxDepth: number,
  ) {}

  private variable(type: string, value: unknown, fallback?: string): string {
    const name = `v${this.definitions.length}`;
    this.definitions.push(`$${name}: ${type}${fallback === undefined ? '' : ` = ${fallback}`}`);
    if (fallback === undefined || !this.random.oneIn(2)) this.variables[name] = value;
    return `$${name}`;
  }

  private inputValue(type: GraphQLInputType, depth = 0): unknown {
    const { random } = this;
    if (isNonNullType(type)) return this.inputValue(type.ofType, depth);
    if (isListType(type)) return Array.from({ length: random.below(3) }, () => this.inputValue(type.ofType, depth));
    if (isEnumType(type)) return random.pick(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        ({ type: of }) => isNonNullType(of) || (depth < 2 && random.oneIn(2)),
      );
      return Object.fromEntries(fields.map((field) => [field.name, this.inputValue(field.type, depth + 1)]));
    }
    switch (type.name) {
      case 'Int':
        return random.below(10);
      case 'Float':
        return random.below(10) / 2;
      case 'Boolean':
        return random.oneIn(2);
      case 'DateTime':
        return '2026-01-31T12:00:00Z';
      case 'URL':
        return 'https://example.org/';
      default:
        return `id-${random.below(6)}`;
    }
  }

  private literal(type: GraphQLInputType, value: unknown): string {
    if (value === null) return 'null';
    if (isNonNullType(type)) return this.literal(type.ofType, value);
    if (isListType(type)) return `[${(value as unknown[]).map((each) => this.literal(type.ofType, each)).join(', ')}]`;
    if (isEnumType(type)) return String(value);
    if (isInputObjectType(type)) {
      const fields = Object.entries(value as object).map(([name, each]) => {
        const field = type.getFields()[name];
        return `${name}: ${field ? this.literal(field.type, each) : 'null'}`;
      });
      return `{${fields.join(', ')}}`;
    }
    return JSON.stringify(value);
  }

  private args({ args }: GraphQLField<unknown, unknown>): string {
    const given = args.flatMap(({ name, type, defaultValue }) => {
      if (!isNonNullType(type) && this.random.oneIn(2)) return [];
      if (defaultValue !== undefined && this.random.oneIn(2)) return [];
      const value = this.inputValue(type);
      const literal = this.literal(type, value);
      if (this.random.oneIn(2)) return [`${name}: ${literal}`];
      const fallback = this.random.oneIn(3) && !isNonNullType(type) ? literal : undefined;
      return [`${name}: ${this.variable(String(type), value, fallback)}`];
    });
    return given.length > 0 ? `(${given.join(', ')})` : '';
  }

  private condition(): string {
    if (!this.random.oneIn(7)) return '';
    const directive = this.random.pick(['@include', '@skip']);
    if (this.random.oneIn(3)) return ` ${directive}(if: ${this.random.oneIn(2)})`;
    const value = this.random.oneIn(2);
    const known = Object.keys(this.variables).filter((name) => typeof this.variables[name] === 'boolean');
    const fallback = this.random.oneIn(4) ? String(this.random.oneIn(2)) : undefined;
    const name =
      known.length > 0 && this.random.oneIn(2)
        ? `$${this.random.pick(known)}`
        : this.variable('Boolean!', value, fallback);
    return ` ${directive}(if: ${name})`;
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number): string {
    this.budget--;
    const type = getNamedType(field.type);
    const alias = this.random.oneIn(8)
      ? `${this.random.oneIn(3) ? this.random.pick(ODD_ALIASES) : `x${this.random.below(4)}`}: `
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
    const name = `F${this.fragments.length}`;
    const at = this.fragments.push('') - 1;
    this.fragments[at] = `fragment ${name} on ${on.name} ${this.selectionSet(on, depth)}`;
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
  const introspection = kind === 'query' && random.oneIn(40) ? ' { __schema { queryType { name } } ' : ' ';
  const body = introspection === ' ' ? selections : introspection + selections.slice(1);
  const definitions = writer.definitions.length > 0 ? `(${writer.definitions.join(', ')})` : '';
  return {
    query: [`${kind} ${definitions}${body}`, ...writer.fragments].join('\n'),
    variables: writer.variables,
    widens: writer.widens,
  };
}
