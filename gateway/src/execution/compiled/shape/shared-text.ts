import { SharedAnswer, sharedPartOf } from '@starling/platform/subgraph-server';
import { readerOf } from '../own.ts';
import type { Dictionary } from '../run.ts';
import { NOTHING, type WriteField, type WriteObject } from './outputs.ts';
import type { ShapeRun } from './shape-run.ts';

/** Texts of fields that are everybody's, and between them the places, among all fields, of those that are not. */
type Pieces = readonly (string | number)[];

/** What is kept with the part of an object that everybody gets. */
class Known {
  readonly pieces: Pieces;
  /** Those of the pieces that are places. */
  readonly places: readonly number[];
  /** The whole object as it was written last; undefined when that is not kept. */
  text: string | undefined;
  /** What was written in each of the places then, and of what, where that is a plain value. */
  texts: readonly string[] = [];
  values: readonly unknown[] = [];
  /** Whether that text is in one piece, which it is made when it is met again. */
  isFlat = false;

  constructor(pieces: Pieces) {
    this.pieces = pieces;
    this.places = pieces.filter((piece) => typeof piece === 'number');
  }
}

type TextField = WriteField<string>;

/** In the place of a value of which the text is written anew each time. */
const NEVER_THE_SAME = Symbol('never the same');

/** Of a thing so many characters of what is everybody's are kept, and the whole where it is not longer: the rest is written each time. */
const LONGEST_KEPT = 8_192;

function joined(text: string, more: string): string {
  return text === '' || more === '' ? text + more : `${text},${more}`;
}

/** The same text in one stretch of memory: what is put together keeps its parts, and is gone through again each time it is sent. */
function flat(text: string): string {
  text.charCodeAt(0);
  return text;
}

/** Whether a field's text follows from the part alone. */
function isOfPart({ name, dependsOn }: TextField, part: SharedAnswer, from: Dictionary): boolean {
  if (dependsOn === 'nothing') return true;
  if (dependsOn === 'more' || !Object.hasOwn(part, name)) return false;
  return !Object.hasOwn(from, name) || (part as unknown as Dictionary)[name] === from[name];
}

/**
 * The text of an object. What of it is everybody's, and therefore the same at the next look, is written once and kept with
 * what it was made of: the object that everybody gets. What is not is looked at each time, and where that is as it was the last
 * time, so is the whole.
 */
export function textOfShared(fields: readonly TextField[]): WriteObject<string> {
  const prefixes = fields.map(({ answered }) => answered && `${JSON.stringify(answered)}:`);
  const properties = fields.map(({ name, dependsOn }) => (dependsOn === 'property' ? readerOf(name) : undefined));
  const maker = {};

  /** What is written of a field, without its name; null when the whole object is to be null. */
  function valueText(at: number, from: Dictionary, run: ShapeRun): string | null {
    const value = (fields[at] as TextField).complete(from, run);
    return value === NOTHING ? null : ((value ?? 'null') as string);
  }

  /** '' for a field that is not shown. */
  function named(at: number, text: string): string {
    const prefix = prefixes[at];
    return prefix === undefined ? '' : prefix + text;
  }

  function write(from: Dictionary, run: ShapeRun): string | null {
    let whole = '';
    for (let at = 0; at < fields.length; at++) {
      const text = valueText(at, from, run);
      if (text === null) return null;
      whole = joined(whole, named(at, text));
    }
    return `{${whole}}`;
  }

  function piecesOf(part: SharedAnswer, from: Dictionary, run: ShapeRun): Pieces {
    const pieces: (string | number)[] = [];
    let room = LONGEST_KEPT;
    for (const [at, field] of fields.entries()) {
      const value = isOfPart(field, part, from) ? valueText(at, from, run) : null;
      const text = value === null ? null : named(at, value);
      if (text === null || text.length > room) {
        pieces.push(at);
        continue;
      }
      room -= text.length;
      const last = pieces.at(-1);
      if (typeof last === 'string') pieces[pieces.length - 1] = joined(last, text);
      else pieces.push(text);
    }
    return pieces;
  }

  /** What is written in the places: the very texts of the last time where all are as they were. Null when the object is to be null. */
  function textsIn(known: Known, from: Dictionary, run: ShapeRun): readonly string[] | null {
    const { places, texts, values } = known;
    const wasWritten = known.text !== undefined;
    let others: string[] | undefined = wasWritten ? undefined : [];
    for (let i = 0; i < places.length; i++) {
      const at = places[i] as number;
      const property = wasWritten ? properties[at] : undefined;
      const text = property && property(from) === values[i] ? (texts[i] as string) : valueText(at, from, run);
      if (text === null) return null;
      if (!others && text !== texts[i]) others = texts.slice(0, i);
      others?.push(text);
    }
    return others ?? texts;
  }

  function putTogether({ pieces }: Known, texts: readonly string[]): string {
    let whole = '';
    let place = 0;
    for (let i = 0; i < pieces.length; i++) {
      const piece = pieces[i] as string | number;
      whole = joined(whole, typeof piece === 'string' ? piece : named(piece, texts[place++] as string));
    }
    return `{${whole}}`;
  }

  /** The plain value of which a text was written. */
  function valueIn(at: number, from: Dictionary): unknown {
    const value = properties[at]?.(from);
    return value === null || value === undefined || typeof value === 'object' ? NEVER_THE_SAME : value;
  }

  function writeKnown(known: Known, from: Dictionary, run: ShapeRun): string | null {
    const { faults } = run;
    const texts = textsIn(known, from, run);
    if (texts === null) return null;
    if (known.text !== undefined && known.texts === texts) {
      if (!known.isFlat) {
        known.isFlat = true;
        flat(known.text);
      }
      return known.text;
    }
    const text = putTogether(known, texts);
    // What is wrong with a value has to be told each time.
    const isKept = run.faults === faults && text.length <= LONGEST_KEPT;
    known.text = isKept ? text : undefined;
    known.texts = isKept ? texts : [];
    known.values = isKept ? known.places.map((at) => valueIn(at, from)) : [];
    known.isFlat = false;
    return text;
  }

  return (from, run) => {
    const part = sharedPartOf(from);
    const known = part && SharedAnswer.madeOf<Known>(part, maker);
    if (known) return writeKnown(known, from, run);
    const { faults } = run;
    const text = write(from, run);
    // Where something was wrong with it, it is looked at again the next time.
    if (part && text !== null && run.faults === faults) {
      SharedAnswer.keep(part, maker, new Known(piecesOf(part, from, run)));
    }
    return text;
  };
}
