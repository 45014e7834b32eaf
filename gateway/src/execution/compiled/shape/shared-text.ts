import { SharedAnswer, sharedPartOf } from '@starling/platform/subgraph-server';
import type { Dictionary } from '../run.ts';
import { NOTHING, type WriteField, type WriteObject } from './outputs.ts';
import type { ShapeRun } from './shape-run.ts';

/** Texts of fields that are everybody's, and between them the places, among all fields, of those that are not. */
type Pieces = readonly (string | number)[];

type TextField = WriteField<string>;

/** The text of a field, with its name; '' for one that is not shown, null when the whole object is to be null. */
type FieldText = (from: Dictionary, run: ShapeRun) => string | null;

function compileField({ answered, complete }: TextField): FieldText {
  const prefix = answered === undefined ? undefined : `${JSON.stringify(answered)}:`;
  return (from, run) => {
    const value = complete(from, run);
    if (value === NOTHING) return null;
    return prefix === undefined ? '' : prefix + ((value ?? 'null') as string);
  };
}

function joined(text: string, more: string): string {
  return text === '' || more === '' ? text + more : `${text},${more}`;
}

/** Whether a field's text follows from the part alone. */
function isOfPart({ name, isLeaf }: TextField, part: SharedAnswer, from: Dictionary): boolean {
  return isLeaf && Object.hasOwn(part, name) && (part as unknown as Dictionary)[name] === from[name];
}

/**
 * The text of an object. What of it is everybody's, and therefore the same at the next look, is written once and kept with
 * what it was made of: the object that everybody gets.
 */
export function textOfShared(fields: readonly TextField[]): WriteObject<string> {
  const texts = fields.map(compileField);
  const maker = {};

  function write(from: Dictionary, run: ShapeRun): string | null {
    let whole = '';
    for (let i = 0; i < texts.length; i++) {
      const text = (texts[i] as FieldText)(from, run);
      if (text === null) return null;
      whole = joined(whole, text);
    }
    return `{${whole}}`;
  }

  function piecesOf(part: SharedAnswer, from: Dictionary, run: ShapeRun): Pieces {
    const pieces: (string | number)[] = [];
    for (const [at, field] of fields.entries()) {
      const text = isOfPart(field, part, from) ? (texts[at] as FieldText)(from, run) : null;
      const last = pieces.at(-1);
      if (text === null) pieces.push(at);
      else if (typeof last === 'string') pieces[pieces.length - 1] = joined(last, text);
      else pieces.push(text);
    }
    return pieces;
  }

  function writePieces(pieces: Pieces, from: Dictionary, run: ShapeRun): string | null {
    let whole = '';
    for (let i = 0; i < pieces.length; i++) {
      const piece = pieces[i] as string | number;
      const text = typeof piece === 'string' ? piece : (texts[piece] as FieldText)(from, run);
      if (text === null) return null;
      whole = joined(whole, text);
    }
    return `{${whole}}`;
  }

  return (from, run) => {
    const part = sharedPartOf(from);
    if (!part) return write(from, run);
    const known = SharedAnswer.madeOf<Pieces>(part, maker);
    if (known) return writePieces(known, from, run);
    const faults = run.errors.length;
    const text = write(from, run);
    // Where something was wrong with it, it is looked at again the next time.
    if (text !== null && run.errors.length === faults) SharedAnswer.keep(part, maker, piecesOf(part, from, run));
    return text;
  };
}
