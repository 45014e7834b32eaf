import type { Moment } from '../moment.ts';

interface Asked<Answer> {
  readonly asking: Promise<Answer>;
  answer?: Answer;
}

/** Asks once for each moment, and remembers the answer for as long as somebody has the moment. */
export function answersByMoment<Answer>(ask: () => Promise<Answer>) {
  const asked = new WeakMap<object, Asked<Answer>>();
  return {
    askFor({ since }: Moment): Promise<Answer> {
      const known = asked.get(since);
      if (known) return known.asking;
      const question: Asked<Answer> = { asking: ask() };
      asked.set(since, question);
      question.asking.then(
        (answer) => {
          question.answer = answer;
        },
        // Told to whoever waits for it.
        () => {},
      );
      return question.asking;
    },
    /** What is asked for the moment from now on is asked anew. */
    forget: ({ since }: Moment): void => void asked.delete(since),
    /** Undefined until it is known. */
    answerFor: ({ since }: Moment): Answer | undefined => asked.get(since)?.answer,
  };
}
