import { randomUUID } from 'node:crypto';
import { toText } from './message-text.ts';

/**
 * What travels in a notification, at most 8,000 bytes by PostgreSQL's rule: `publisher:number:part:parts:text`. A message
 * that is larger goes in parts, which arrive one after the other because they are sent in one transaction. The number also
 * keeps equal messages apart: PostgreSQL would fold equal notifications of a transaction into one.
 */
const PART_BYTES = 7_900;
/** UTF-16 units per part: none is longer than three bytes in UTF-8 (a pair of them is four). */
const PART_UNITS = Math.floor((PART_BYTES - 80) / 3);

export interface Packer {
  /** The notifications that carry a message. Throws as `toText` does. */
  pack(message: unknown): string[];
}

export function packer(): Packer {
  const publisher = randomUUID();
  let number = 0;
  return {
    pack(message) {
      const parts = splitText(toText(message));
      number++;
      return parts.map((part, index) => `${publisher}:${number}:${index}:${parts.length}:${part}`);
    },
  };
}

/** Parts of at most `PART_UNITS`, never between the halves of a surrogate pair. */
function splitText(text: string): string[] {
  const parts: string[] = [];
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + PART_UNITS, text.length);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end--;
    parts.push(text.slice(start, end));
    start = end;
  }
  return parts;
}

export interface Unpacker {
  /** The whole message once its last part is there. Undefined before, and for what is no notification of ours. */
  unpack(notification: string): { readonly message: unknown } | undefined;
}

/** Puts the parts of one channel's messages together. */
export function unpacker(): Unpacker {
  // Notifications of one transaction are never interleaved with another's: one unfinished message is all there can be.
  let unfinished: { readonly id: string; readonly parts: string[] } | undefined;
  return {
    unpack(notification) {
      const [head, publisher, number, part, parts] = /^([^:]+):(\d+):(\d+):(\d+):/.exec(notification) ?? [];
      if (head === undefined) return undefined;
      const text = notification.slice(head.length);
      if (parts === '1') return { message: JSON.parse(text) };
      const id = `${publisher}:${number}`;
      if (unfinished?.id !== id) unfinished = { id, parts: [] };
      // Who began to listen between two parts has not the beginning.
      if (unfinished.parts.length !== Number(part)) return undefined;
      unfinished.parts.push(text);
      if (unfinished.parts.length < Number(parts)) return undefined;
      const whole = unfinished.parts.join('');
      unfinished = undefined;
      return { message: JSON.parse(whole) };
    },
  };
}
