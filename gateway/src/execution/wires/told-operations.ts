import {
  type FrameWriter,
  GATEWAY,
  KNOWN_CHARACTERS,
  KNOWN_OPERATIONS,
  MAX_QUESTION_BYTES,
} from '@starling/platform/wire';

/** No text that a plan asks for is as long, however many bytes its characters take. */
const LONGEST = Math.floor(MAX_QUESTION_BYTES / 3);

/** As many as fit into four bytes. */
const NUMBERS = 2 ** 32;

interface Told {
  readonly number: number;
  /** Of whose entities it may be asked for nobody in particular. */
  typesForAll: ReadonlySet<string> | undefined;
}

/**
 * Operations that were told on one wire, where a number stands for each from then on. Numbers do not come again before what was
 * said of their operations has long been heard.
 */
export class ToldOperations {
  readonly #writer: FrameWriter;
  readonly #byText = new Map<string, Told>();
  readonly #byNumber = new Map<number, Told>();
  #characters = 0;
  #next = 0;

  constructor(writer: FrameWriter) {
    this.#writer = writer;
  }

  /** The number of a text, told before it is first used. When there are as many as a subgraph keeps, all are told anew. */
  numberOf(text: string): number {
    const known = this.#byText.get(text);
    if (known) return known.number;
    if (text.length > LONGEST) throw new Error('An operation that is too long for a subgraph.');
    if (this.#byText.size === KNOWN_OPERATIONS || this.#characters + text.length > KNOWN_CHARACTERS) {
      this.#byText.clear();
      this.#byNumber.clear();
      this.#characters = 0;
      this.#writer.send(GATEWAY.forgetOperations, 0);
    }
    const number = this.#next;
    this.#next = (number + 1) % NUMBERS;
    const told = { number, typesForAll: undefined };
    this.#byText.set(text, told);
    this.#byNumber.set(number, told);
    this.#characters += text.length;
    this.#writer.send(GATEWAY.operation, number, text);
    return number;
  }

  /** Takes the subgraph's word for it. @throws when that is nothing that a subgraph says. */
  learn(number: number, text: string): void {
    const types: unknown = JSON.parse(text);
    if (!Array.isArray(types)) throw new Error('Types that are no list.');
    const told = this.#byNumber.get(number);
    if (told) told.typesForAll = new Set(types);
  }

  /** The types of whose entities a text may be asked for nobody in particular; undefined while nobody has said so. */
  typesForAll(text: string): ReadonlySet<string> | undefined {
    return this.#byText.get(text)?.typesForAll;
  }
}
