import {
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getOperationAST,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import { getVariableValues } from 'graphql/execution/values.js';
import type { RandomOperation } from './random-operation.ts';

type Fields = ReadonlyMap<string, readonly FieldNode[]>;
type Path = readonly (string | number)[];
/** What is wrong, and where; undefined when nothing is. */
type Wrong = string | undefined;

const META_FIELDS = new Map(
  [SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef].map((each) => [each.name, each]),
);
const LARGEST_INT = 2 ** 31 - 1;

function isOf(type: GraphQLLeafType, value: unknown): boolean {
  if (isEnumType(type)) return type.getValues().some(({ name }) => name === value);
  switch (type.name) {
    case 'Int':
      return Number.isInteger(value) && Math.abs(value as number) <= LARGEST_INT;
    case 'Float':
      return Number.isFinite(value);
    case 'Boolean':
      return typeof value === 'boolean';
    default:
      return typeof value === 'string';
  }
}

interface AskedFor extends Pick<RandomOperation, 'variables' | 'operationName'> {
  readonly document: DocumentNode;
}

/**
 * What of an answer is not what was asked for: a field too many, too few or out of order, a value of another type, null where it
 * may not be. Where nothing says of which type a thing is, it has to be one of the possible ones throughout. Of a thing whose type
 * nobody could tell (`mayBeVague`), that is what its interface alone selects.
 */
export function notAsAsked(
  schema: GraphQLSchema,
  { document, variables, operationName }: AskedFor,
  { data }: ExecutionResult,
  mayBeVague: boolean,
): Wrong {
  if (data === undefined || data === null) return undefined;
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!root) throw new Error('Nothing is asked for.');
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments[each.name.value] = each;
  const { coerced = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);

  function wrongValue(type: GraphQLOutputType, nodes: readonly FieldNode[], value: unknown, at: Path): Wrong {
    if (isNonNullType(type)) {
      return value === null ? `${at.join('.')}: null` : wrongValue(type.ofType, nodes, value, at);
    }
    if (value === null) return undefined;
    if (isListType(type)) {
      if (!Array.isArray(value)) return `${at.join('.')}: no list`;
      return firstOf(value, (each, index) => wrongValue(type.ofType, nodes, each, [...at, index]));
    }
    if (isLeafType(type))
      return isOf(type, value) ? undefined : `${at.join('.')}: ${JSON.stringify(value)} for ${type}`;
    if (typeof value !== 'object' || Array.isArray(value)) return `${at.join('.')}: no object`;
    const asThis = (each: GraphQLObjectType) =>
      wrongObject(each, collectSubfields(schema, fragments, coerced, each, nodes), value as object, at);
    if (isObjectType(type)) return asThis(type);
    const possible = schema.getPossibleTypes(type);
    const tried = mayBeVague ? [...possible, type as unknown as GraphQLObjectType] : possible;
    const wrongs: string[] = [];
    for (const each of tried) {
      const wrong = asThis(each);
      if (wrong === undefined) return undefined;
      wrongs.push(`as ${each.name}: ${wrong}`);
    }
    return wrongs.join('; ');
  }

  function wrongObject(type: GraphQLObjectType, fields: Fields, value: object, at: Path): Wrong {
    const asked = [...fields.keys()];
    const names = Object.keys(value);
    if (asked.join() !== names.join()) return `${at.join('.')}: {${names}} for {${asked}}`;
    return firstOf(Object.entries(value), ([name, each]) => {
      const nodes = fields.get(name) as readonly [FieldNode];
      const fieldName = nodes[0].name.value;
      if (fieldName === '__typename') {
        const isRight = each === type.name && !isAbstractType(type);
        return isRight ? undefined : `${at.join('.')}: type ${each} for ${type.name}`;
      }
      const { type: of } = META_FIELDS.get(fieldName) ?? type.getFields()[fieldName] ?? {};
      if (!of) throw new Error(`${type.name} has no field ${fieldName}.`);
      return wrongValue(of, nodes, each, [...at, name]);
    });
  }

  return wrongObject(root, collectFields(schema, fragments, coerced, root, operation.selectionSet), data, []);
}

function firstOf<Each>(values: readonly Each[], wrong: (value: Each, index: number) => Wrong): Wrong {
  for (const [index, value] of values.entries()) {
    const found = wrong(value, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
