/** Of what was made of one answer, so much is kept with it: what was made first, and so many others. */
const MOST_OTHERS = 3;

/** On an object with fields of its own beside those of an answer that everybody gets: that answer. */
export const SHARED_PART = Symbol('shared part');

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function frozenCopy(value: unknown): unknown {
  if (!isObject(value)) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy));
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, frozenCopy(inner)])));
}

/** A field of an answer that is an object or a list. */
export interface Part {
  readonly name: string;
  /** Whether it is an object of plain values, which `{ ...spread }` copies. */
  readonly isFlat: boolean;
}

function partOf(name: string, value: object): Part {
  return { name, isFlat: !Array.isArray(value) && !Object.values(value).some(isObject) };
}

/**
 * An object of an answer that everybody gets who asks the same while the facts that it is made of are the same: nobody may
 * change it. Whoever makes something of it may keep that with it, and both are gone together.
 */
export class SharedAnswer {
  static #made = 0;
  // Mostly one operation asks for it: what is made for that is found without a look-up.
  #firstMaker: object | undefined;
  #firstMade: unknown;
  readonly #others = new Map<object, unknown>();
  readonly #number = SharedAnswer.#made++;
  readonly #parts: readonly Part[] | undefined;

  constructor(fields: Readonly<Record<string, unknown>>) {
    const entries = Object.entries(fields);
    for (const [name, value] of entries) (this as Record<string, unknown>)[name] = frozenCopy(value);
    const isCommon = entries.every(([name, value]) => value !== undefined && !(name in Object.prototype));
    this.#parts = isCommon
      ? entries.flatMap(([name, value]) => (isObject(value) ? [partOf(name, value)] : []))
      : undefined;
    Object.freeze(this);
  }

  /** Which of all answers of this process it is, from 0. */
  static numberOf(answer: SharedAnswer): number {
    return answer.#number;
  }

  /** The fields that are objects or lists. Undefined where a field is not there, or has a name that objects inherit. */
  static partsOf(answer: SharedAnswer): readonly Part[] | undefined {
    return answer.#parts;
  }

  /** What this maker has made of it. A maker is told by an object that stands for it, and that keeps nothing else alive. */
  static madeOf<Made>(answer: SharedAnswer, maker: object): Made | undefined {
    return (answer.#firstMaker === maker ? answer.#firstMade : answer.#others.get(maker)) as Made | undefined;
  }
  static keep(answer: SharedAnswer, maker: object, made: unknown): void {
    answer.#firstMaker ??= maker;
    if (answer.#firstMaker === maker) {
      answer.#firstMade = made;
      return;
    }
    const others = answer.#others;
    if (others.size >= MOST_OTHERS) for (const oldest of others.keys()) if (others.delete(oldest)) break;
    others.set(maker, made);
  }
}

/** The answer that everybody gets of which an object is, or has, a part. */
export function sharedPartOf(object: object): SharedAnswer | undefined {
  const part = (object as { [SHARED_PART]?: SharedAnswer })[SHARED_PART];
  if (part !== undefined) return part;
  return object instanceof SharedAnswer ? object : undefined;
}

/** A value to change, where the given one may be everybody's. */
export function ownCopy<Value>(value: Value): Value {
  if (!isObject(value)) return value;
  if (Array.isArray(value)) return value.map(ownCopy) as Value;
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const inner = ownCopy((value as Record<string, unknown>)[name]);
    if (name !== '__proto__') copy[name] = inner;
    else Object.defineProperty(copy, name, { value: inner, configurable: true, enumerable: true, writable: true });
  }
  return copy as Value;
}
