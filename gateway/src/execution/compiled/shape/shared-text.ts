import { SharedAnswer, sharedPartOf } from '@starling/platform/subgraph-server';
import { type Reader, readerOf } from '../own.ts';
import { type Dictionary, isDictionary } from '../run.ts';
import { NOTHING, type WriteField, type WriteObject } from './outputs.ts';
import type { ShapeRun } from './shape-run.ts';

/** Texts of fields that are everybody's, and between them the places, among all fields, of those that are not. */
type Pieces = readonly (string | number)[];

/** What is kept with the part of an object that everybody gets. */
interface Known {
  readonly pieces: Pieces;
  /** Those of the pieces that are places. */
  readonly places: readonly number[];
  /** The text of the whole object, when all in these places was everybody's, too. */
  whole?: Whole | undefined;
}

interface Whole {
  /** What everybody got in the places when it was written. */
  readonly parts: readonly SharedAnswer[];
  readonly text: string;
}

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
 * what it was made of: the object that everybody gets.
 */
export function textOfShared(fields: readonly TextField[]): WriteObject<string> {
  const texts = fields.map(compileField);
  const readers = fields.map(({ name }) => readerOf(name));
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

  function writePieces({ pieces }: Known, from: Dictionary, run: ShapeRun): string | null {
    let whole = '';
    for (let i = 0; i < pieces.length; i++) {
      const piece = pieces[i] as string | number;
      const text = typeof piece === 'string' ? piece : (texts[piece] as FieldText)(from, run);
      if (text === null) return null;
      whole = joined(whole, text);
    }
    return `{${whole}}`;
  }

  /** What everybody gets in a place; undefined where that is nothing. */
  function partIn(place: number, from: Dictionary): SharedAnswer | undefined {
    const value = (readers[place] as Reader)(from);
    return isDictionary(value) ? sharedPartOf(value) : undefined;
  }

  /** The same of each of the places; undefined unless all have something. */
  function partsIn(places: readonly number[], from: Dictionary): SharedAnswer[] | undefined {
    const parts: SharedAnswer[] = [];
    for (const place of places) {
      const part = partIn(place, from);
      if (!part) return undefined;
      parts.push(part);
    }
    return parts;
  }

  function isStill({ parts }: Whole, places: readonly number[], from: Dictionary): boolean {
    for (let i = 0; i < places.length; i++) if (partIn(places[i] as number, from) !== parts[i]) return false;
    return true;
  }

  function writeKnown(known: Known, from: Dictionary, run: ShapeRun): string | null {
    const { places, whole } = known;
    const { mixed } = run;
    if (places.length === 0) return writePieces(known, from, run);
    run.mixed = mixed + 1;
    if (whole && isStill(whole, places, from)) return whole.text;
    const text = writePieces(known, from, run);
    const isOfParts = text !== null && run.mixed === mixed + 1;
    const parts = isOfParts ? partsIn(places, from) : undefined;
    known.whole = text !== null && parts ? { parts, text: flat(text) } : undefined;
    return text;
  }

  return (from, run) => {
    const part = sharedPartOf(from);
    const known = part && SharedAnswer.madeOf<Known>(part, maker);
    if (known) return writeKnown(known, from, run);
    run.mixed += 1;
    const faults = run.errors.length;
    const text = write(from, run);
    // Where something was wrong with it, it is looked at again the next time.
    if (part && text !== null && run.errors.length === faults) {
      const pieces = piecesOf(part, from, run);
      const places = pieces.filter((piece) => typeof piece === 'number');
      SharedAnswer.keep(part, maker, { pieces, places } satisfies Known);
    }
    return text;
  };
}
