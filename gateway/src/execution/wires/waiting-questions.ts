/** Questions that wait for their answers on one wire, at most. */
export const MOST_WAITING = 1_024;

/** A place is taken again with another number each time, as often as fits into four bytes. */
const TURNS = 2 ** 32 / MOST_WAITING;

interface Numbered {
  readonly number: number;
}

/**
 * What waits, by number. Numbers come again after four million others. It is a list of places and no map, which would be copied again
 * and again while one is added and another taken, and would keep what was in it alive.
 */
export class WaitingQuestions<Question extends Numbered> {
  readonly #places: (Question | undefined)[] = new Array(MOST_WAITING).fill(undefined);
  readonly #turns = new Uint32Array(MOST_WAITING);
  readonly #free = Array.from(this.#places.keys()).reverse();

  get size(): number {
    return MOST_WAITING - this.#free.length;
  }

  /** Adds the question that is made with a number of its own. @throws when there are too many. */
  add(make: (number: number) => Question): Question {
    const place = this.#free.pop();
    if (place === undefined) throw new Error('Too many questions wait.');
    const turn = this.#turns[place] as number;
    this.#turns[place] = (turn + 1) % TURNS;
    const question = make(turn * MOST_WAITING + place);
    this.#places[place] = question;
    return question;
  }

  /** Undefined when it is over. */
  get(number: number): Question | undefined {
    const question = this.#places[number % MOST_WAITING];
    return question?.number === number ? question : undefined;
  }

  remove({ number }: Question): void {
    if (!this.get(number)) return;
    const place = number % MOST_WAITING;
    this.#places[place] = undefined;
    this.#free.push(place);
  }

  all(): Question[] {
    return this.#places.filter((question) => question !== undefined);
  }
}
