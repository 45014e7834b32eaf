import { type GraphQLObjectType, getNamedType, isCompositeType, isObjectType } from 'graphql';
import { SecondChance } from '../../cache/second-chance.ts';
import type { SameForAll } from '../../graphql/same-for-all.ts';
import { ownCopy, SHARED_PART, SharedAnswer } from '../shared-answer.ts';
import { executeSelection, type Field, ignore, isPromise } from './fields.ts';
import { type Frame, frameAt } from './frames.ts';
import type { Run } from './run.ts';

/** Rows of which answers are kept, for few selections each. */
const KEPT_ROWS = 10_000;
const SELECTIONS_OF_A_ROW = 2;

/** Less is not worth a look. */
const FEWEST_FIELDS = 3;

interface Kept {
  /** Stands for what was selected, of which nothing else is kept: an operation may be forgotten before its answers are. */
  readonly selected: object;
  readonly fact: unknown;
  readonly answer: SharedAnswer;
}

interface Memory {
  readonly byRow: SecondChance<object, readonly Kept[]>;
  /** Rows that were met once: many an object is made for one request, and never met again. */
  readonly met: WeakSet<object>;
}

/** Puts an object into its place, of which a part may be everybody's. */
export interface SharedSelection {
  /** The answer to put there, when all that is selected is everybody's, and it is kept with what was resolved. Never throws. */
  whole(run: Run, value: object): SharedAnswer | undefined;
  answer(run: Run, row: object, frame: Frame, key: string | number, nonNull: boolean): void;
}

/** What a subgraph answers of its rows that is the same for everybody. */
export interface Sharing {
  /** Undefined when nothing that is selected of the type is. */
  of(type: GraphQLObjectType, fields: readonly Field[]): SharedSelection | undefined;
}

/** Whether a value of the field, which no argument changes, is answered by looking at nothing else once it is resolved. */
function isPlain({ definition, selectionOf }: Field): boolean {
  if (definition.args.length > 0) return false;
  const type = getNamedType(definition.type);
  if (!type || !isCompositeType(type)) return true;
  return (
    isObjectType(type) && !type.isTypeOf && selectionOf(type).fields.every((f) => !f.definition.resolve && isPlain(f))
  );
}

function compile(
  fields: readonly Field[],
  { ofRow, ofFact }: SameForAll,
  { byRow, met }: Memory,
): SharedSelection | undefined {
  const isOf = (names: readonly string[] = [], { definition }: Field) => names.includes(definition.name);
  const needsFact = fields.filter((field) => isOf(ofFact?.fields, field) && isPlain(field));
  const shared = fields.filter(
    (field) => needsFact.includes(field) || ((!field.definition.resolve || isOf(ofRow, field)) && isPlain(field)),
  );
  if (shared.length < FEWEST_FIELDS) return undefined;
  const selected = {};
  const isShared = fields.map((field) => shared.includes(field));
  const isWhole = shared.length === fields.length;
  const read = needsFact.length > 0 ? (ofFact?.read as (row: object, context: unknown) => unknown) : undefined;

  function keptOf(row: object): Kept | undefined {
    const answers = byRow.get(row);
    if (answers !== undefined) for (const kept of answers) if (kept.selected === selected) return kept;
    return undefined;
  }

  /** Where it cannot be read, nothing that anything is kept with: the fields that look at it tell why. */
  function factOf(run: Run, row: object): unknown {
    try {
      return read?.(row, run.context);
    } catch {
      return {};
    }
  }

  /** As if nothing were kept; keeps what came at once, and without a fault. */
  function answerAnew(run: Run, row: object, frame: Frame, key: string | number, nonNull: boolean, fact: unknown) {
    const object: Frame['value'] = {};
    frame.value[key] = object;
    const inner = frameAt(frame, key, nonNull, object);
    const { pending } = run;
    const faults = run.errors.length;
    executeSelection(run, fields, row, inner);
    if (inner.dead || run.pending !== pending || run.errors.length !== faults || isPromise(fact)) return;
    if (!met.has(row)) {
      met.add(row);
      return;
    }
    const answer = new SharedAnswer(Object.fromEntries(shared.map((field) => [field.key, object[field.key]])));
    const others = (byRow.get(row) ?? []).filter((kept) => kept.selected !== selected);
    byRow.set(row, [{ selected, fact, answer }, ...others].slice(0, SELECTIONS_OF_A_ROW));
  }

  function answerWith(answer: SharedAnswer, run: Run, row: object, inner: Frame): void {
    const known = answer as unknown as Readonly<Record<string, unknown>>;
    const { value: object } = inner;
    (object as { [SHARED_PART]?: SharedAnswer })[SHARED_PART] = answer;
    for (let at = 0; at < fields.length; at++) {
      const field = fields[at] as Field;
      if (isShared[at]) object[field.key] = ownCopy(known[field.key]);
      else field.execute(run, row, inner);
      if (inner.dead) return;
    }
  }

  return {
    whole(run, value) {
      const kept = isWhole ? keptOf(value) : undefined;
      if (kept === undefined) return undefined;
      const fact = factOf(run, value);
      if (kept.fact === fact) return kept.answer;
      ignore(fact);
      return undefined;
    },
    answer(run, row, frame, key, nonNull) {
      const fact = factOf(run, row);
      const known = keptOf(row);
      if (known === undefined || known.fact !== fact) {
        // Where it fails, the fields that look at it tell, if they are still wanted.
        ignore(fact);
        return answerAnew(run, row, frame, key, nonNull, fact);
      }
      if (isWhole) {
        frame.value[key] = known.answer;
        return;
      }
      const object: Frame['value'] = {};
      frame.value[key] = object;
      answerWith(known.answer, run, row, frameAt(frame, key, nonNull, object));
    },
  };
}

/** For all operations on one subgraph together. */
export function sharingOf(types: Readonly<Record<string, SameForAll>>): Sharing {
  const memory: Memory = { byRow: new SecondChance(KEPT_ROWS), met: new WeakSet() };
  return {
    of(type, fields) {
      const same = types[type.name];
      return same && compile(fields, same, memory);
    },
  };
}
