import {
  type FrameWriter,
  GATEWAY,
  KNOWN_CHARACTERS,
  KNOWN_OPERATIONS,
  MAX_QUESTION_BYTES,
} from '@starling/platform/wire';

/** No text that a plan asks for is as long, however many bytes its characters take. */
const LONGEST = Math.floor(MAX_QUESTION_BYTES / 3);

/** Operations that were told on one wire, where a number stands for each from then on. */
export class ToldOperations {
  readonly #writer: FrameWriter;
  readonly #numbers = new Map<string, number>();
  #characters = 0;

  constructor(writer: FrameWriter) {
    this.#writer = writer;
  }

  /** The number of a text, told before it is first used. When there are as many as a subgraph keeps, all are told anew. */
  numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    if (text.length > LONGEST) throw new Error('An operation that is too long for a subgraph.');
    if (this.#numbers.size === KNOWN_OPERATIONS || this.#characters + text.length > KNOWN_CHARACTERS) {
      this.#numbers.clear();
      this.#characters = 0;
      this.#writer.send(GATEWAY.forgetOperations, 0);
    }
    const number = this.#numbers.size;
    this.#numbers.set(text, number);
    this.#characters += text.length;
    this.#writer.send(GATEWAY.operation, number, text);
    return number;
  }
}
