import { describe, expect, it } from 'vitest';
import { MOST_WAITING, WaitingQuestions } from './waiting-questions.ts';

const add = (waiting: WaitingQuestions<{ number: number }>) => waiting.add((number) => ({ number }));

describe('questions that wait', () => {
  it('are found by number until they are over, and not by one that came before in their place', () => {
    const waiting = new WaitingQuestions<{ number: number }>();
    const seen = new Set<number>();
    for (let times = 0; times < 5_000; times++) {
      const [one, two] = [add(waiting), add(waiting)];
      expect([waiting.get(one.number), waiting.get(two.number), waiting.size]).toEqual([one, two, 2]);
      waiting.remove(one);
      waiting.remove(two);
      expect([waiting.get(one.number), waiting.get(two.number), waiting.size]).toEqual([undefined, undefined, 0]);
      for (const { number } of [one, two]) {
        expect(seen.has(number)).toBe(false);
        seen.add(number);
      }
    }
  });

  it('are over once, whatever waits in their place', () => {
    const waiting = new WaitingQuestions<{ number: number }>();
    const one = add(waiting);
    waiting.remove(one);
    const two = add(waiting);
    waiting.remove(one);
    expect(waiting.get(two.number)).toBe(two);
    expect(waiting.all()).toEqual([two]);
  });

  it('are no more than there are places for', () => {
    const waiting = new WaitingQuestions<{ number: number }>();
    const all = Array.from({ length: MOST_WAITING }, () => add(waiting));
    expect(() => add(waiting)).toThrow('Too many');
    expect(new Set(all.map(({ number }) => number)).size).toBe(MOST_WAITING);
    waiting.remove(all[7] as { number: number });
    expect(add(waiting).number).toBeLessThan(2 ** 32);
  });
});
