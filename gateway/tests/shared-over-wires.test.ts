import { PassThrough } from 'node:stream';
import { SHARED_PART, SharedAnswer } from '@starling/platform/subgraph-server';
import { FrameWriter, KNOWN_SHARED, LONGEST_SHARED, SUBGRAPH } from '@starling/platform/wire';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ToldAnswers } from '../../platform/src/subgraph-server/wires/told-answers.ts';
import { KnownShared } from '../src/execution/wires/known-shared.ts';

/** A subgraph's end of a wire, and what the gateway reads on the other, message by message. */
class Heard extends FrameWriter {
  readonly shared = new KnownShared();
  answer: unknown[] = [];
  told = 0;

  constructor() {
    super(new PassThrough());
  }
  override send(kind: number, number: number, text = ''): void {
    if (kind === SUBGRAPH.shared) {
      this.shared.know(number, text);
      this.told++;
    } else if (kind === SUBGRAPH.entities) this.answer = this.shared.entitiesOf(text);
    else this.answer = JSON.parse(text).data._entities;
  }
}

const everybodys = (id: number, length = 1) => new SharedAnswer({ id: `${id}`, text: 'x'.repeat(length) });

function withOwn(part: SharedAnswer, mine: boolean): object {
  return { ...part, mine, [SHARED_PART]: part };
}

/** As a client would see it. */
const seen = (entities: readonly unknown[]) => JSON.parse(JSON.stringify(entities));

it('what is told by number is what it would be in words, in whatever order things are made, told and forgotten', () => {
  // Enough of them that each number stands for several.
  const made = Array.from({ length: 3 * KNOWN_SHARED }, (_, id) => everybodys(id, id % 97 === 0 ? LONGEST_SHARED : 1));
  const near = fc.integer({ min: 0, max: 7 });
  const one = fc.record({ round: fc.integer({ min: 0, max: 2 }), near, mine: fc.option(fc.boolean()) });
  fc.assert(
    fc.property(fc.array(fc.array(one, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 8 }), (answers) => {
      const heard = new Heard();
      const told = new ToldAnswers(heard);
      for (const [number, answer] of answers.entries()) {
        const entities = answer.map(({ round, near, mine }) => {
          const part = made[round * KNOWN_SHARED + near] as SharedAnswer;
          return mine === null ? part : withOwn(part, mine);
        });
        told.tell(number, { data: { _entities: entities } });
        expect(seen(heard.answer)).toEqual(seen(entities));
      }
    }),
    { numRuns: 300 },
  );
});

it('what was told once is the same object the next time, and is not told again', () => {
  const heard = new Heard();
  const told = new ToldAnswers(heard);
  const part = everybodys(1);
  told.tell(1, { data: { _entities: [part, null] } });
  const [first] = heard.answer;
  told.tell(2, { data: { _entities: [part] } });
  expect(heard.answer[0]).toBe(first);
  expect(heard.told).toBe(1);
});
