import type { FormattedExecutionResult } from 'graphql';
import type { FrameWriter } from '../../wire/frames.ts';
import { KNOWN_SHARED, LONGEST_SHARED, SUBGRAPH } from '../../wire/messages.ts';
import { SharedAnswer, sharedPartOf } from '../shared-answer.ts';

/** The entities of an answer that is about nothing else and has no errors. */
function entitiesOf({ data, errors }: FormattedExecutionResult): readonly unknown[] | undefined {
  if (errors || !data) return undefined;
  const { _entities: entities, ...others } = data;
  return Array.isArray(entities) && Object.keys(others).length === 0 ? entities : undefined;
}

function partOf(entity: unknown): SharedAnswer | undefined {
  return typeof entity === 'object' && entity !== null ? sharedPartOf(entity) : undefined;
}

/** The fields that are not everybody's. */
function ownFields(entity: object, part: SharedAnswer): object {
  return Object.fromEntries(Object.entries(entity).filter(([name]) => !Object.hasOwn(part, name)));
}

/** Writes answers on one wire. What everybody gets of an entity is written once, and then called by a number. */
export class ToldAnswers {
  readonly #writer: FrameWriter;
  /** The number that a shared answer has in this process, by the number that stands for it on the wire. */
  readonly #told = new Float64Array(KNOWN_SHARED).fill(-1);
  /** The last answer in which the number stood, counted from 1: in one answer it stands for one object. */
  readonly #stoodIn = new Float64Array(KNOWN_SHARED);
  #answers = 0;

  constructor(writer: FrameWriter) {
    this.#writer = writer;
  }

  tell(question: number, answer: FormattedExecutionResult): void {
    const entities = entitiesOf(answer);
    if (!entities?.some(partOf)) {
      this.#writer.send(SUBGRAPH.answer, question, JSON.stringify(answer));
      return;
    }
    this.#answers++;
    let text = '';
    for (const entity of entities) text += `${text === '' ? '' : ','}${this.#textOf(entity)}`;
    this.#writer.send(SUBGRAPH.entities, question, `[${text}]`);
  }

  #textOf(entity: unknown): string {
    const part = partOf(entity);
    const number = part && this.#numberOf(part);
    if (number === undefined) return JSON.stringify(entity);
    return part === entity
      ? `${number}`
      : `[${number},${JSON.stringify(ownFields(entity as object, part as SharedAnswer))}]`;
  }

  /**
   * Undefined for what is too long to be kept by the other side, and where the number stands for another object in the same
   * answer, which is read as a whole. Else what has a number takes it over from an older one.
   */
  #numberOf(part: SharedAnswer): number | undefined {
    const madeAs = SharedAnswer.numberOf(part);
    const number = madeAs % KNOWN_SHARED;
    if (this.#told[number] !== madeAs && !this.#tell(part, number, madeAs)) return undefined;
    this.#stoodIn[number] = this.#answers;
    return number;
  }

  /** False when it must not be told. */
  #tell(part: SharedAnswer, number: number, madeAs: number): boolean {
    if (this.#stoodIn[number] === this.#answers) return false;
    const text = JSON.stringify(part);
    if (text.length > LONGEST_SHARED) return false;
    this.#told[number] = madeAs;
    this.#writer.send(SUBGRAPH.shared, number, text);
    return true;
  }
}
