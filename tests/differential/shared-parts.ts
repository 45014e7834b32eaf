import { SHARED_PART, SharedAnswer } from '@starling/platform/subgraph-server';
import { hash } from './chance.ts';

type Dictionary = Record<string, unknown>;

const MOST_KNOWN = 2_000;

/**
 * Makes some objects of answers everybody's, as a subgraph in the gateway's process does: those that say the same are the same
 * object, in this answer and in the next one. Others have a part that is.
 */
export function sharedParts() {
  const known = new Map<string, SharedAnswer>();

  function shared(fields: Dictionary): SharedAnswer {
    const text = JSON.stringify(fields);
    const answer = known.get(text) ?? new SharedAnswer(fields);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(text, answer);
    return answer;
  }

  function inside(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(inside);
    if (typeof value !== 'object' || value === null || Object.hasOwn(value, '__proto__')) return value;
    const text = JSON.stringify(value);
    const choice = hash(text, 'shared') % 3;
    if (choice === 0 && !text.includes('"__proto__"')) return shared(value as Dictionary);
    const entries = Object.entries(value);
    const object: Dictionary = Object.fromEntries(entries.map(([name, inner]) => [name, inside(inner)]));
    if (choice === 2) return object;
    const leaves = entries.filter(([name, inner]) => typeof inner !== 'object' && hash(name, text) % 2 === 0);
    return Object.assign(object, { [SHARED_PART]: shared(Object.fromEntries(leaves)) });
  }

  return <Answer extends { data?: Dictionary | null }>(answer: Answer): Answer => {
    const { data } = answer;
    if (typeof data !== 'object' || data === null || Array.isArray(data)) return answer;
    for (const name of Object.keys(data)) if (name !== '__proto__') data[name] = inside(data[name]);
    return answer;
  };
}
