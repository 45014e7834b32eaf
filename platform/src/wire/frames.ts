import type { Duplex } from 'node:stream';

/**
 * A message of a wire: what it is, which question it belongs to (at most 2^32 - 1), and a text. On the way: four bytes with
 * the length of the text in bytes, one with the kind, four with the number, all of them big-endian, and the text in UTF-8.
 */
export interface FrameTaker {
  onFrame(kind: number, number: number, text: string): void;
  /** A text that is longer than it may be was passed over; what follows it is read as ever. */
  onTooLong(kind: number, number: number): void;
}

const HEADER_BYTES = 9;

/** Takes what comes of a connection, in pieces of any size, and gives the frames in it. */
export class FrameReader {
  readonly #taker: FrameTaker;
  readonly #maxBytes: number;
  /** The beginning of a frame whose end has not come. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  /** So many have to be there before it is worth a look. */
  #neededBytes = 0;
  /** So many of the next are of a text that is too long. */
  #passedOver = 0;

  constructor(taker: FrameTaker, maxBytes: number) {
    this.#taker = taker;
    this.#maxBytes = maxBytes;
  }

  take(chunk: Buffer): void {
    let given = chunk;
    if (this.#heldBytes > 0) {
      this.#held.push(chunk);
      this.#heldBytes += chunk.length;
      if (this.#heldBytes < this.#neededBytes) return;
      given = Buffer.concat(this.#held, this.#heldBytes);
      this.#held = [];
      this.#heldBytes = 0;
    }
    let at = 0;
    while (at < given.length) at = this.#next(given, at);
  }

  /** Reads one frame, or what there is of it, and tells where the next begins. */
  #next(given: Buffer, at: number): number {
    const left = given.length - at;
    if (this.#passedOver > 0) {
      const passed = Math.min(this.#passedOver, left);
      this.#passedOver -= passed;
      return at + passed;
    }
    if (left < HEADER_BYTES) return this.#hold(given, at, HEADER_BYTES);
    const bytes = given.readUInt32BE(at);
    const kind = given[at + 4] as number;
    const number = given.readUInt32BE(at + 5);
    const begins = at + HEADER_BYTES;
    if (bytes > this.#maxBytes) {
      this.#passedOver = bytes;
      this.#taker.onTooLong(kind, number);
      return begins;
    }
    if (left < HEADER_BYTES + bytes) return this.#hold(given, at, HEADER_BYTES + bytes);
    this.#taker.onFrame(kind, number, given.toString('utf8', begins, begins + bytes));
    return begins + bytes;
  }

  #hold(given: Buffer, at: number, needed: number): number {
    this.#held.push(given.subarray(at));
    this.#heldBytes = given.length - at;
    this.#neededBytes = needed;
    return given.length;
  }
}

interface Waiting {
  readonly kind: number;
  readonly number: number;
  readonly text: string;
  readonly bytes: number;
}

/** Writes frames; all that one turn of the event loop has to say go out together: a system call costs more than a frame. */
export class FrameWriter {
  readonly #connection: Duplex;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #lastWords: (() => void)[] = [];
  #isDue = false;

  constructor(connection: Duplex) {
    this.#connection = connection;
  }

  /** Bytes that the other side has not taken yet. */
  get unread(): number {
    return this.#waitingBytes + this.#connection.writableLength;
  }

  send(kind: number, number: number, text = ''): void {
    this.#due();
    const bytes = Buffer.byteLength(text);
    this.#waiting.push({ kind, number, text, bytes });
    this.#waitingBytes += HEADER_BYTES + bytes;
  }

  /** Calls it when all that this turn has to say is about to go out: what it sends goes out with that. */
  lastly(speak: () => void): void {
    this.#due();
    this.#lastWords.push(speak);
  }

  #due(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => this.flush());
  }

  flush(): void {
    if (this.#lastWords.length > 0) for (const speak of this.#lastWords.splice(0)) speak();
    this.#isDue = false;
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    const whole = Buffer.allocUnsafe(this.#waitingBytes);
    this.#waiting = [];
    this.#waitingBytes = 0;
    let at = 0;
    for (const { kind, number, text, bytes } of waiting) {
      whole.writeUInt32BE(bytes, at);
      whole[at + 4] = kind;
      whole.writeUInt32BE(number, at + 5);
      whole.write(text, at + HEADER_BYTES, 'utf8');
      at += HEADER_BYTES + bytes;
    }
    if (!this.#connection.destroyed && !this.#connection.writableEnded) this.#connection.write(whole);
  }
}
