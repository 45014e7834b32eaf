import { type Asker, nobodyWaits } from './asker.ts';
import { JointQuestion } from './joint-question.ts';

/**
 * Questions for all of these, who ask the same of some entities each: one after the other is added to the last question, or to a new one
 * when that is full. Whose entities cannot be written is told so.
 */
function together(askers: readonly Asker[]): Asker[] {
  const questions: JointQuestion[] = [];
  for (const asker of askers) {
    try {
      if (questions.at(-1)?.join(asker)) continue;
      const next = new JointQuestion(asker);
      next.join(asker);
      questions.push(next);
    } catch (error) {
      asker.reject(error as Error);
    }
  }
  return questions;
}

/** False, and told so, when it has left before it was asked for. */
function isWaiting({ patience, reject }: Asker): boolean {
  if (!patience?.aborted) return true;
  reject(nobodyWaits());
  return false;
}

/** Those who ask, in one turn of the event loop, what may be asked for nobody in particular; by what that is. */
export class Gathered {
  #byQuestion = new Map<string | number, Asker[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(question: string | number, asker: Asker): void {
    const same = this.#byQuestion.get(question);
    if (same) same.push(asker);
    else this.#byQuestion.set(question, [asker]);
    this.#size++;
  }

  /** What has to be asked for them; who has left by now is told so. */
  take(): Asker[] {
    const questions: Asker[] = [];
    for (const askers of this.#byQuestion.values()) {
      const waiting = askers.filter(isWaiting);
      const [first] = waiting;
      if (first && waiting.length === 1) questions.push(first);
      else questions.push(...together(waiting));
    }
    this.#byQuestion.clear();
    this.#size = 0;
    return questions;
  }
}
