import { randomUUID } from 'node:crypto';

/** Channels, and publishers of a channel, that are remembered: whoever was forgotten begins anew. */
const REMEMBERED = 10_000;

function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > REMEMBERED && oldest !== undefined) map.delete(oldest);
}

/** Numbers the messages of each channel, as `publisher:number:text`. */
export function numbering(): (channel: string, text: string) => string {
  const process = randomUUID();
  const last = new Map<string, { readonly publisher: string; readonly number: number }>();
  let publishers = 0;
  return (channel, text) => {
    const { publisher, number } = last.get(channel) ?? { publisher: `${process}.${publishers++}`, number: 0 };
    remember(last, channel, { publisher, number: number + 1 });
    return `${publisher}:${number + 1}:${text}`;
  };
}

export interface Arrival {
  readonly text: string;
  /** Messages of this publisher before it have not come, and will not be told any more. */
  readonly isAfterGap: boolean;
}

/** Reads what `numbering` wrote on one channel. Undefined for what comes too late to be in order, and what is not ours. */
export function inOrder(): (message: string) => Arrival | undefined {
  const last = new Map<string, number>();
  return (message) => {
    const [head, publisher, digits] = /^([^:]+):(\d+):/.exec(message) ?? [];
    if (head === undefined || publisher === undefined) return undefined;
    const number = Number(digits);
    const before = last.get(publisher);
    if (before !== undefined && number <= before) return undefined;
    remember(last, publisher, number);
    return { text: message.slice(head.length), isAfterGap: before !== undefined && number > before + 1 };
  };
}
