/** Of what was made of one answer, so much is kept with it. */
const MOST_KEPT = 4;

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

/**
 * An object of an answer that everybody gets who asks the same while the facts that it is made of are the same: nobody may
 * change it. Whoever makes something of it may keep that with it, and both are gone together.
 */
export class SharedAnswer {
  static #made = 0;
  readonly #kept = new Map<object, unknown>();
  readonly #number = SharedAnswer.#made++;
  readonly #parts: readonly string[] | undefined;

  constructor(fields: Readonly<Record<string, unknown>>) {
    const entries = Object.entries(fields);
    for (const [name, value] of entries) (this as Record<string, unknown>)[name] = frozenCopy(value);
    const isCommon = entries.every(([name, value]) => value !== undefined && !(name in Object.prototype));
    this.#parts = isCommon ? entries.flatMap(([name, value]) => (isObject(value) ? [name] : [])) : undefined;
    Object.freeze(this);
  }

  /** Which of all answers of this process it is, from 0. */
  static numberOf(answer: SharedAnswer): number {
    return answer.#number;
  }

  /** The names of the fields that are objects or lists. Undefined where a field is not there, or has a name that objects inherit. */
  static partsOf(answer: SharedAnswer): readonly string[] | undefined {
    return answer.#parts;
  }

  /** What this maker has made of it. A maker is told by an object that stands for it, and that keeps nothing else alive. */
  static madeOf<Made>(answer: SharedAnswer, maker: object): Made | undefined {
    return answer.#kept.get(maker) as Made | undefined;
  }
  static keep(answer: SharedAnswer, maker: object, made: unknown): void {
    const kept = answer.#kept;
    if (kept.size >= MOST_KEPT) for (const oldest of kept.keys()) if (kept.delete(oldest)) break;
    kept.set(maker, made);
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
