import { OpenEnding } from '../../batching/ending.ts';

/** A question that is being answered. */
class OpenQuestion extends OpenEnding {
  readonly number: number;
  /** Its place in the list of those that are open. */
  at = 0;

  constructor(number: number) {
    super();
    this.number = number;
  }
}

/**
 * The questions that are open on one wire. It is a list and no map, which would be copied again and again while one is added and
 * another taken, and would keep what was in it alive; few are looked for by number.
 */
export class OpenQuestions {
  readonly #open: OpenQuestion[] = [];

  get size(): number {
    return this.#open.length;
  }

  add(number: number): OpenQuestion {
    const question = new OpenQuestion(number);
    question.at = this.#open.push(question) - 1;
    return question;
  }

  remove(question: OpenQuestion): void {
    const last = this.#open.pop();
    if (!last || last === question) return;
    last.at = question.at;
    this.#open[question.at] = last;
  }

  /** Nobody waits for this one any more. */
  leave(number: number): void {
    this.#open.find((question) => question.number === number)?.abort();
  }

  leaveAll(): void {
    for (const question of [...this.#open]) question.abort();
  }
}
