import {
  defaultTypeResolver,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { executeSelection, type Field, isPromise, letGo, type Selection, type SelectionOf, take } from './fields.ts';
import { type Frame, fail, frameAt, isDead } from './frames.ts';
import { serializerOf } from './leaves.ts';
import { ResolveInfo } from './resolve-info.ts';
import { begin, done, type Run } from './run.ts';

/** Makes of what was resolved what is answered. */
export interface Completion {
  readonly nonNull: boolean;
  /** The answer, where it is found by a look at the value alone. Undefined where the value has to be completed. Never throws. */
  readonly atOnce: ((run: Run, value: unknown) => unknown) | undefined;
  /** Puts it into the place, now or later. Throws what is wrong with it. */
  complete(run: Run, field: Field, value: unknown, frame: Frame, key: string | number): void;
}

type Complete = Completion['complete'];
type OfPresent = Pick<Completion, 'atOnce' | 'complete'>;

function isIterable(value: unknown): value is Iterable<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as Iterable<unknown>)[Symbol.iterator] === 'function'
  );
}

function completeLeaf(serialize: (value: unknown) => unknown): Complete {
  return (_run, _field, value, frame, key) => {
    frame.value[key] = serialize(value);
  };
}

function completeList(items: Completion, nonNull: boolean): Complete {
  const { atOnce } = items;
  return (run, field, value, frame, key) => {
    if (!isIterable(value)) throw new Error(`${field.parentType.name}.${field.definition.name} is no list.`);
    const list: unknown[] = [];
    const inner = frameAt(frame, key, nonNull, list as unknown as Frame['value']);
    frame.value[key] = list;
    let at = 0;
    for (const item of value) {
      const known = inner.dead ? undefined : atOnce?.(run, item);
      if (known !== undefined) list[at++] = known;
      else if (inner.dead) letGo(item);
      else take(run, field, items, item, inner, at++);
    }
  };
}

function notOfType(type: GraphQLObjectType): Error {
  return new Error(`A value is not of the type ${type.name}.`);
}

/** Waits for something about an object before it is answered. */
function later(
  run: Run,
  field: Field,
  nonNull: boolean,
  frame: Frame,
  key: string | number,
  known: PromiseLike<unknown>,
  go: (value: unknown) => void,
): void {
  frame.value[key] = null;
  begin(run);
  const failed = (error: unknown) => fail(run, frame, key, nonNull, error, field.nodes);
  known
    .then((value) => {
      try {
        if (!isDead(frame)) go(value);
      } catch (error) {
        failed(error);
      }
    }, failed)
    .then(() => done(run));
}

function completeObject(type: GraphQLObjectType, selectionOf: SelectionOf, nonNull: boolean): OfPresent {
  let selection: Selection | undefined;
  function selected(): Selection {
    selection ??= selectionOf(type);
    return selection;
  }

  function atOnce(run: Run, value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return undefined;
    const { shared, plain } = selected();
    return shared ? shared.whole(run, value) : plain?.(value);
  }

  const complete: Complete = (run, _field, value, frame, key) => {
    const { fields, shared, plain } = selected();
    if (shared && typeof value === 'object' && value !== null) {
      shared.answer(run, value, frame, key, nonNull);
      return;
    }
    const known = plain?.(value);
    if (known !== undefined) {
      frame.value[key] = known;
      return;
    }
    const object: Frame['value'] = {};
    frame.value[key] = object;
    executeSelection(run, fields, value, frameAt(frame, key, nonNull, object));
  };

  const { isTypeOf } = type;
  return isTypeOf ? { atOnce: undefined, complete: ifOfType(type, isTypeOf, nonNull, complete) } : { atOnce, complete };
}

function ifOfType(
  type: GraphQLObjectType,
  isTypeOf: NonNullable<GraphQLObjectType['isTypeOf']>,
  nonNull: boolean,
  complete: Complete,
): Complete {
  return (run, field, value, frame, key) => {
    const itIs = isTypeOf(value, run.context, new ResolveInfo(run, field, frame));
    const go = (is: unknown) => {
      if (!is) throw notOfType(type);
      complete(run, field, value, frame, key);
    };
    if (isPromise(itIs)) later(run, field, nonNull, frame, key, itIs, go);
    else go(itIs);
  };
}

function completeAbstract(type: GraphQLAbstractType, selectionOf: SelectionOf, nonNull: boolean): Complete {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const byName = new Map<string, Complete>();

  function completeAs(run: Run, name: unknown): Complete {
    const known = typeof name === 'string' ? byName.get(name) : undefined;
    if (known) return known;
    const { schema } = run.operation;
    const object = typeof name === 'string' ? schema.getType(name) : undefined;
    if (!isObjectType(object) || !schema.isSubType(type, object))
      throw new Error(`A value is of no type of ${type.name}.`);
    const { complete } = completeObject(object, selectionOf, nonNull);
    byName.set(object.name, complete);
    return complete;
  }

  return (run, field, value, frame, key) => {
    const name = resolveType(value, run.context, new ResolveInfo(run, field, frame), type);
    const go = (given: unknown) => completeAs(run, given)(run, field, value, frame, key);
    if (isPromise(name)) later(run, field, nonNull, frame, key, name, go);
    else go(name);
  };
}

function completePresent(type: GraphQLOutputType, selectionOf: SelectionOf, nonNull: boolean): OfPresent {
  if (isObjectType(type)) return completeObject(type, selectionOf, nonNull);
  const inItsPlace = (complete: Complete): OfPresent => ({ atOnce: undefined, complete });
  if (isListType(type)) return inItsPlace(completeList(completionOf(type.ofType, selectionOf), nonNull));
  if (isLeafType(type)) return inItsPlace(completeLeaf(serializerOf(type)));
  if (isAbstractType(type)) return inItsPlace(completeAbstract(type, selectionOf, nonNull));
  throw new Error(`There is no such type of answers: ${type}.`);
}

/** How values of a type are completed. */
export function completionOf(type: GraphQLOutputType, selectionOf: SelectionOf): Completion {
  const nonNull = isNonNullType(type);
  const { atOnce, complete } = completePresent(isNonNullType(type) ? type.ofType : type, selectionOf, nonNull);
  return {
    nonNull,
    atOnce,
    complete(run, field, value, frame, key) {
      if (value === null || value === undefined) {
        if (nonNull) throw new Error(`Cannot return null for ${field.parentType.name}.${field.definition.name}.`);
        frame.value[key] = null;
        return;
      }
      if (value instanceof Error) throw value;
      complete(run, field, value, frame, key);
    },
  };
}
