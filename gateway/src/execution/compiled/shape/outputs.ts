import { setOwn } from '../own.ts';
import type { Dictionary } from '../run.ts';
import { type ByteText, byteText } from './byte-text.ts';
import type { ShapeRun } from './shape-run.ts';
import { textOfShared } from './shared-text.ts';

/** In the place of a value whose absence makes what is around it null. */
export const NOTHING = Symbol('null in a place that is never null');

/** One field of the answer. */
export interface WriteField<Made> {
  /** Of the property of the data. */
  readonly name: string;
  /** Its name in the answer; undefined when it is only looked whether it is there. */
  readonly answered: string | undefined;
  /** What it depends on: the property alone, nothing at all, or more than that. */
  readonly dependsOn: 'property' | 'nothing' | 'more';
  /** What is answered: what the output makes, or null, or `NOTHING` when the whole object is to be null. */
  readonly complete: (from: Dictionary, run: ShapeRun) => Made | null | typeof NOTHING | unknown;
}

export type WriteObject<Made> = (from: Dictionary, run: ShapeRun) => Made | null;

/** The form that answers take: what is made of their values. */
export interface Output<Made> {
  leaf(value: unknown): unknown;
  /** Of what was made of the elements, or null for each. */
  list(elements: unknown[]): unknown;
  object(fields: readonly WriteField<Made>[]): WriteObject<Made>;
}

/** Objects as `JSON.stringify` takes them. */
export const asValues: Output<Dictionary> = {
  leaf: (value) => value,
  list: (elements) => elements,
  object: (fields) => (from, run) => {
    const into: Dictionary = {};
    for (let i = 0; i < fields.length; i++) {
      const { answered, complete } = fields[i] as WriteField<Dictionary>;
      const value = complete(from, run);
      if (value === NOTHING) return null;
      if (answered === undefined) continue;
      if (answered === '__proto__') setOwn(into, answered, value);
      else into[answered] = value;
    }
    return into;
  },
};

/** The text that `JSON.stringify` would make of the values, as it is sent. */
export const asText: Output<ByteText> = {
  leaf: (value) => byteText(JSON.stringify(value)),
  list(elements) {
    // Parts are put together once, when the whole is sent.
    let text = '';
    for (let i = 0; i < elements.length; i++) text += (i === 0 ? '' : ',') + (elements[i] ?? 'null');
    return `[${text}]`;
  },
  object: textOfShared,
};
