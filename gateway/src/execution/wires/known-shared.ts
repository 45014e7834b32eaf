import { SharedAnswer } from '@starling/platform/subgraph-server';
import { KNOWN_SHARED } from '@starling/platform/wire';
import { writable } from '../compiled/merge.ts';
import { setOwn } from '../compiled/own.ts';
import { type Dictionary, isDictionary } from '../compiled/run.ts';

/** What everybody gets of entities, as a subgraph has told it on one wire. */
export class KnownShared {
  readonly #answers: (SharedAnswer | undefined)[] = [];

  /** @throws when that is nothing that a subgraph tells. */
  know(number: number, text: string): void {
    const given: unknown = JSON.parse(text);
    if (number >= KNOWN_SHARED || !isDictionary(given) || Object.hasOwn(given, '__proto__'))
      throw new Error('Nothing that everybody could get.');
    this.#answers[number] = new SharedAnswer(given);
  }

  /** The entities of an answer in which numbers stand for what was told. @throws what is wrong with it. */
  entitiesOf(text: string): unknown[] {
    const given: unknown = JSON.parse(text);
    if (!Array.isArray(given)) throw new Error('Entities that are no list.');
    return given.map((entity) => {
      if (typeof entity === 'number') return this.#answerOf(entity);
      if (!Array.isArray(entity)) return entity;
      const [number, own] = entity;
      return this.#withOwn(number, own);
    });
  }

  #answerOf(number: unknown): SharedAnswer {
    const answer = typeof number === 'number' ? this.#answers[number] : undefined;
    if (!answer) throw new Error(`Nothing was told of number ${number}.`);
    return answer;
  }

  #withOwn(number: unknown, own: unknown): Dictionary {
    const whole = writable(this.#answerOf(number)) as Dictionary;
    if (!isDictionary(own)) throw new Error('Fields that are no object.');
    for (const [name, value] of Object.entries(own)) setOwn(whole, name, value);
    return whole;
  }
}
