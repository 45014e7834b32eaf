import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { INTROSPECTION_FIELDS } from '../../introspection-fields.ts';
import type { ResponseNames } from '../../response-names.ts';
import { selectsAnything } from '../asks-for-data.ts';
import { readerOf } from '../own.ts';
import { type Dictionary, isDictionary } from '../run.ts';
import type { TypesOfSubgraphs } from '../type-conditions.ts';
import { compileIntrospection } from './introspection.ts';
import { leafCheck } from './leaf-values.ts';
import { NOTHING, type Output, type WriteField } from './outputs.ts';
import { fragmentsOf, type Holds, type Selections, selectedFields } from './selected-fields.ts';
import { malformed, nothingHere, type ShapeRun } from './shape-run.ts';

/** What a client gets of a value: of its type, with no field that was not asked for, or null, or `NOTHING`. */
type Complete = (value: unknown, run: ShapeRun) => unknown;

/** What the whole answer becomes: of the form that the output makes. */
export type Shape<Made> = (data: Dictionary, run: ShapeRun) => Made | null;

export interface ShapeOptions {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly types: TypesOfSubgraphs;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly holds: Holds;
  readonly names: ResponseNames;
}

function compileList(element: Complete, output: Output<unknown>): Complete {
  return (value, run) => {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) return malformed(run);
    const { length } = value;
    const list = new Array<unknown>(length);
    let whole = true;
    for (let i = 0; i < length; i++) {
      run.path.push(i);
      const completed = element(value[i], run);
      run.path.pop();
      if (completed === NOTHING) whole = false;
      list[i] = completed;
    }
    return whole ? output.list(list) : null;
  };
}

/** Compiles what becomes of a plan's data, in the form of the output: an object of exactly what the operation selects, with nulls where they belong. */
export function compileShape<Made>(
  { schema, types, document, operation, holds, names }: ShapeOptions,
  output: Output<Made>,
): Shape<Made> {
  const fragments = fragmentsOf(document);
  const selections: Selections = { schema, fragments, holds };

  function compileType(type: GraphQLOutputType, sets: readonly SelectionSetNode[]): Complete {
    if (isNonNullType(type)) {
      const complete = compileType(type.ofType, sets);
      return (value, run) => {
        if (value === null) nothingHere(run);
        return complete(value, run) ?? NOTHING;
      };
    }
    if (isListType(type)) return compileList(compileType(type.ofType, sets), output);
    if (isLeafType(type)) {
      const isValid = leafCheck(type);
      return (value, run) => {
        if (value === null || value === undefined) return null;
        return isValid(value) ? output.leaf(value) : malformed(run);
      };
    }
    return compileObject(type, sets);
  }

  /** Objects tell their types. The fields of a type are compiled when the first of it comes. */
  function compileObject(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): Complete {
    const known = new Map<unknown, Shape<Made>>();
    const mayBeUntold = isObjectType(type) || types.isVague(type.name);
    // Of one type come many in a row.
    let lastType: unknown;
    let lastWrite: Shape<Made> | undefined;
    return (value, run) => {
      if (value === null || value === undefined) return null;
      if (!isDictionary(value)) return malformed(run);
      const typename = value.__typename ?? (mayBeUntold ? type.name : undefined);
      let write = typename === lastType ? lastWrite : known.get(typename);
      if (!write) {
        const actual = typeof typename === 'string' ? schema.getType(typename) : undefined;
        // A type that clients do not know does not exist for them.
        if (!actual && types.isKnown(typename)) return null;
        if (!isCompositeType(actual) || !isPossible(actual, type)) return malformed(run);
        write = compileFields(actual, sets);
        known.set(typename, write);
      }
      lastType = typename;
      lastWrite = write;
      return write(value, run);
    };
  }

  function isPossible(actual: GraphQLCompositeType, type: GraphQLCompositeType): boolean {
    if (!isObjectType(actual) && !types.isVague(actual.name)) return false;
    return actual === type || (isAbstractType(type) && schema.isSubType(type, actual as GraphQLObjectType));
  }

  function compileFields(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): Shape<Made> {
    const fields = selectedFields(selections, type, sets);
    return output.object([...fields].map(([name, nodes]) => compileField(type, name, nodes)));
  }

  function compileField(parent: GraphQLCompositeType, name: string, nodes: readonly FieldNode[]): WriteField<Made> {
    const [{ name: fieldName }] = nodes as readonly [FieldNode, ...FieldNode[]];
    if (fieldName.value === '__typename') return compileTypename(parent, name);
    if (INTROSPECTION_FIELDS.has(fieldName.value)) {
      const introspect = compileIntrospection(schema, nodes, operation, fragments);
      return {
        name,
        answered: name,
        dependsOn: 'more',
        complete: (_from, { variables }) => output.leaf(introspect(variables)),
      };
    }
    const definition =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[fieldName.value] : undefined;
    if (!definition) throw new Error(`${parent.name} has no field ${fieldName.value}.`);
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const complete = compileType(definition.type, sets);
    const read = readerOf(name);
    // A thing of which nothing is selected is in no plan; where there must be one, it is missing all the same.
    const mustBe = sets.length === 0 || isNonNullType(definition.type);
    const isDue = () => mustBe || sets.some((set) => selectsAnything(set, document, holds));
    return {
      name,
      answered: name === names.hidden ? undefined : (names.clientNames.get(name) ?? name),
      dependsOn: sets.length === 0 ? 'property' : 'more',
      complete(from, run) {
        const given = read(from);
        run.path.push(name);
        if (given === undefined && isDue()) nothingHere(run);
        const value = complete(given, run);
        run.path.pop();
        return value;
      },
    };
  }

  function compileTypename(parent: GraphQLCompositeType, name: string): WriteField<Made> {
    const answered = names.clientNames.get(name) ?? name;
    const read = readerOf(name);
    const complete = (from: Dictionary, run: ShapeRun) => {
      if (isObjectType(parent)) return output.leaf(parent.name);
      const given = read(from) ?? from.__typename;
      const type = typeof given === 'string' ? schema.getType(given) : undefined;
      if (isObjectType(type)) return output.leaf(type.name);
      run.path.push(name);
      nothingHere(run);
      run.path.pop();
      return NOTHING;
    };
    return { name, answered, dependsOn: isObjectType(parent) ? 'nothing' : 'more', complete };
  }

  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`There is no ${operation.operation} here.`);
  return compileFields(root, [operation.selectionSet]);
}
