import type { FieldNode, GraphQLField, GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import { compileArguments } from './arguments.ts';
import type { Completion } from './completion.ts';
import { type Frame, fail, isDead } from './frames.ts';
import type { ReadPlain } from './plain-objects.ts';
import { ResolveInfo } from './resolve-info.ts';
import { begin, done, type Run } from './run.ts';
import type { SharedSelection } from './shared-selection.ts';

/** A field of a selection, compiled. */
export interface Field {
  /** The name under which it is answered. */
  readonly key: string;
  readonly nodes: readonly FieldNode[];
  readonly parentType: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly completion: Completion;
  /** What is selected of its value. */
  readonly selectionOf: SelectionOf;
  /** Of its arguments, among those of the run. */
  readonly at: number;
  /** Puts what becomes of the field into the frame, at once or when it is there. */
  readonly execute: (run: Run, source: unknown, frame: Frame) => void;
}

/** What is selected of objects of one type. */
export interface Selection {
  readonly fields: readonly Field[];
  /** Where a part of it is the same for everybody. */
  readonly shared: SharedSelection | undefined;
  /** Where nothing is selected but properties, and nothing of it is shared. */
  readonly plain: ReadPlain | undefined;
}

/** What is selected of objects of a type, compiled when the first such object is there. */
export type SelectionOf = (type: GraphQLObjectType) => Selection;

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { readonly then?: unknown }).then === 'function'
  );
}

/** Hears of what was begun for an answer that does not need it any more: a failure that nobody hears of ends the process. */
export function ignore(value: unknown): void {
  if (isPromise(value)) value.then(undefined, () => {});
}

/** The same of what was resolved and will not be completed, and of what it holds as a list. */
export function letGo(value: unknown): void {
  if (isPromise(value)) value.then(letGo, () => {});
  else if (Array.isArray(value) || value instanceof Set) for (const item of value) letGo(item);
}

/** Completes what was resolved, now or later. */
export function take(
  run: Run,
  field: Field,
  completion: Completion,
  value: unknown,
  frame: Frame,
  key: string | number,
): void {
  const { nonNull } = completion;
  if (!isPromise(value)) {
    try {
      completion.complete(run, field, value, frame, key);
    } catch (error) {
      fail(run, frame, key, nonNull, error, field.nodes);
    }
    return;
  }
  // The place is taken, so that the answer has the order of what was asked.
  frame.value[key] = null;
  begin(run);
  value.then(
    (resolved) => {
      try {
        // Where the whole around it has become null, nothing more is asked for it.
        if (isDead(frame)) letGo(resolved);
        else completion.complete(run, field, resolved, frame, key);
      } catch (error) {
        fail(run, frame, key, nonNull, error, field.nodes);
      }
      done(run);
    },
    (error: unknown) => {
      fail(run, frame, key, nonNull, error, field.nodes);
      done(run);
    },
  );
}

type Resolve = (source: unknown, args: Record<string, unknown>, context: unknown, info: GraphQLResolveInfo) => unknown;

/** A field with a resolver of its own. */
export function executeResolved(field: Omit<Field, 'execute'>, resolve: Resolve): Field {
  const argumentsOf = compileArguments(field.definition, field.nodes[0] as FieldNode, field.at);
  const compiled: Field = {
    ...field,
    execute(run, source, frame) {
      const { key, completion, nodes } = compiled;
      let value: unknown;
      try {
        value = resolve(source, argumentsOf(run), run.context, new ResolveInfo(run, compiled, frame));
      } catch (error) {
        fail(run, frame, key, completion.nonNull, error, nodes);
        return;
      }
      take(run, compiled, completion, value, frame, key);
    },
  };
  return compiled;
}

/** A field that is a property of what its parent was resolved to. */
export function executeProperty(field: Omit<Field, 'execute'>): Field {
  const argumentsOf = compileArguments(field.definition, field.nodes[0] as FieldNode, field.at);
  const { name } = field.definition;
  const compiled: Field = {
    ...field,
    execute(run, source, frame) {
      const { key, completion, nodes } = compiled;
      let value: unknown;
      try {
        if ((typeof source === 'object' && source !== null) || typeof source === 'function') {
          value = (source as Record<string, unknown>)[name];
          if (typeof value === 'function') {
            const call = (source as Record<string, (...given: unknown[]) => unknown>)[name];
            value = call?.call(source, argumentsOf(run), run.context, new ResolveInfo(run, compiled, frame));
          } else if (compiled.definition.args.length > 0) argumentsOf(run);
        }
      } catch (error) {
        fail(run, frame, key, completion.nonNull, error, nodes);
        return;
      }
      take(run, compiled, completion, value, frame, key);
    },
  };
  return compiled;
}

/** `__typename`. */
export function executeTypename(field: Omit<Field, 'execute'>): Field {
  const { name } = field.parentType;
  const { key } = field;
  return {
    ...field,
    execute(_run, _source, frame) {
      frame.value[key] = name;
    },
  };
}

/** Puts all fields of an object into its frame. */
export function executeSelection(run: Run, fields: readonly Field[], source: unknown, frame: Frame): void {
  for (const field of fields) {
    field.execute(run, source, frame);
    // What must not be null is: nobody will see the rest.
    if (frame.dead) return;
  }
}
