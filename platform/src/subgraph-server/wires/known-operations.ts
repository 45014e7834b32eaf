import { KNOWN_CHARACTERS, KNOWN_OPERATIONS } from '../../wire/messages.ts';
import { WireFault } from './wire-fault.ts';

/** The operations that a gateway has told on one wire. */
export class KnownOperations {
  readonly #texts = new Map<number, string>();
  #characters = 0;

  /** @throws {WireFault} when there are more than a gateway may tell. */
  know(number: number, text: string): void {
    this.#characters += text.length - (this.#texts.get(number)?.length ?? 0);
    this.#texts.set(number, text);
    if (this.#texts.size > KNOWN_OPERATIONS || this.#characters > KNOWN_CHARACTERS)
      throw new WireFault('More operations than a wire knows.');
  }

  forgetAll(): void {
    this.#texts.clear();
    this.#characters = 0;
  }

  textOf(number: number): string | undefined {
    return this.#texts.get(number);
  }
}
