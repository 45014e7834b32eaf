/** What a client needs of RFC 6455 (5.2) to be told messages by a server that sends each in one frame. */

const TEXT = 0x81;
const CLOSE = 0x88;
const PING = 0x89;
const PONG = 0x8a;
const MASKED = 0x80;

export interface Frame {
  readonly kind: 'text' | 'ping' | 'close';
  /** Where its content begins, and where it ends. */
  readonly from: number;
  readonly to: number;
}

/** The frame that begins here; undefined when it is not all there yet. Throws when it is none that such a server sends. */
export function frameAt(bytes: Buffer, at: number): Frame | undefined {
  if (bytes.length - at < 2) return undefined;
  const opening = bytes[at];
  const kind = opening === TEXT ? 'text' : opening === PING ? 'ping' : opening === CLOSE ? 'close' : undefined;
  if (!kind) throw new Error(`A frame begins with ${opening}.`);
  const length = bytes[at + 1] ?? 0;
  const from = at + (length < 126 ? 2 : length === 126 ? 4 : 10);
  if (bytes.length < from) return undefined;
  const size =
    length < 126 ? length : length === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
  const to = from + size;
  return bytes.length < to ? undefined : { kind, from, to };
}

/** A client's frame is masked; a mask of zeros leaves it as it is. */
function masked(opening: number, content: Buffer): Buffer {
  const size = content.length;
  if (size >= 65_536) throw new Error('Clients have not so much to say.');
  const header = size < 126 ? [opening, MASKED | size] : [opening, MASKED | 126, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([...header, 0, 0, 0, 0]), content]);
}

export const textFrame = (text: string) => masked(TEXT, Buffer.from(text));
export const pongFrame = (content: Buffer) => masked(PONG, content);
