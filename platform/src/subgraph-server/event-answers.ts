import type { FormattedExecutionResult } from 'graphql';
import type { Soon } from '../batching/after.ts';
import type { Identity } from '../identity/identity.ts';
import { isForEverybody } from '../live/for-everybody.ts';

/** Several subscribers of the same request, all but its cursor, to whom an event says the same. */
export interface SharedReading {
  /** Names them: the same object for all of them. */
  readonly group: object;
  /** As whom an event is read for all of them: nobody of them may see less. */
  readonly as: Identity;
}

/** An answer is not given to anybody who asks later than this. */
const SHARED_FOR_MS = 1_000;

interface EventAnswer {
  readonly at: number;
  /** There for all but the first. */
  answer: Soon<FormattedExecutionResult | undefined>;
}

export interface EventAnswers {
  /** What all of the group are answered; undefined when each has to be asked for. `read` reads the event, once. */
  answer(
    group: object,
    event: unknown,
    read: () => Promise<FormattedExecutionResult>,
  ): Soon<FormattedExecutionResult | undefined>;
}

/** What is null may be there for others; what failed may not have for them. */
function isWhole({ data, errors }: FormattedExecutionResult): boolean {
  const [update] = Object.values(data ?? {});
  return !errors && typeof update === 'object' && update !== null && !Object.values(update).includes(null);
}

/** Answers about values that a stream delivers to many readers, once for each group of them. */
export function eventAnswers(): EventAnswers {
  const byEvent = new WeakMap<object, WeakMap<object, EventAnswer>>();
  return {
    answer(group, event, read) {
      if (!isForEverybody(event)) return undefined;
      const byGroup = byEvent.get(event) ?? new WeakMap<object, EventAnswer>();
      byEvent.set(event, byGroup);
      const known = byGroup.get(group);
      if (known && performance.now() - known.at <= SHARED_FOR_MS) return known.answer;
      const answer = read().then((found) => {
        shared.answer = isWhole(found) ? found : undefined;
        return shared.answer;
      });
      const shared: EventAnswer = { at: performance.now(), answer };
      byGroup.set(group, shared);
      return answer;
    },
  };
}
