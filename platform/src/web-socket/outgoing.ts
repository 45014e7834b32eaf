import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Soon } from '../batching/after.ts';

/** What is sent on one connection. Where it has closed, nothing is, and nobody is told. */
export interface Outgoing {
  /** Sends a message. Answers a promise, which resolves once it is on its way, only where there is something to wait for. */
  send(text: string): Soon<void>;
  /**
   * The same for a message that is put together of its own beginning and of bytes that others may share, as UTF-8. It may be
   * kept back for those that come with it, until `flush` in the same call: they leave in one write.
   */
  gather(beginning: Uint8Array, rest: Uint8Array): Soon<void>;
  flush(): void;
}

export interface OutgoingOptions {
  readonly socket: WebSocket;
  /** What `socket` writes its frames to, uncompressed. */
  readonly connection: Duplex;
  /** A client that lets more than this pile up, unread, is cut off. */
  readonly maxUnreadBytes: number;
}

/** Nobody waits for so few to be written. */
const FEW_BYTES = 16 * 1024;

const LONGEST_HEADER = 10;
/** RFC 6455, 5.2: a text, in one frame. */
const TEXT_IN_ONE_FRAME = 0x81;

/** Frames are put together here, by all connections: most are written before the call of `write` has ended. */
const DESK_BYTES = 64 * 1024;
let desk = Buffer.allocUnsafeSlow(DESK_BYTES);

/** Writes the header of a frame that is not masked; answers where it ends. */
function writeHeader(target: Buffer, at: number, bytes: number): number {
  target[at] = TEXT_IN_ONE_FRAME;
  if (bytes < 126) {
    target[at + 1] = bytes;
    return at + 2;
  }
  if (bytes < 65_536) {
    target[at + 1] = 126;
    return target.writeUInt16BE(bytes, at + 2);
  }
  target[at + 1] = 127;
  target.writeUInt32BE(0, at + 2);
  return target.writeUInt32BE(bytes, at + 6);
}

export function outgoing({ socket, connection, maxUnreadBytes }: OutgoingOptions): Outgoing {
  /** Beginnings and rests by turns. */
  let gathered: Uint8Array[] = [];
  let gatheredBytes = 0;

  const isOpen = () => socket.readyState === socket.OPEN;

  /** Whether anything is to be sent to this client. */
  function takesMore(): boolean {
    if (!isOpen()) return false;
    if (connection.writableLength <= maxUnreadBytes) return true;
    socket.terminate();
    return false;
  }

  function flush(onWritten?: (error?: Error | null) => void): void {
    if (gathered.length === 0) return;
    const parts = gathered;
    const mostBytes = gatheredBytes;
    gathered = [];
    gatheredBytes = 0;
    const isOnDesk = mostBytes <= DESK_BYTES;
    const frames = isOnDesk ? desk : Buffer.allocUnsafe(mostBytes);
    let end = 0;
    for (let at = 0; at < parts.length; at += 2) {
      const beginning = parts[at] as Uint8Array;
      const rest = parts[at + 1] as Uint8Array;
      end = writeHeader(frames, end, beginning.length + rest.length);
      frames.set(beginning, end);
      end += beginning.length;
      frames.set(rest, end);
      end += rest.length;
    }
    connection.write(frames.subarray(0, end), onWritten);
    // What is still to be written stays as it is.
    if (isOnDesk && connection.writableLength > 0) desk = Buffer.allocUnsafeSlow(DESK_BYTES);
  }

  const written = (write: (onWritten: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => {
      write((error) => (error && isOpen() ? reject(error) : resolve()));
    });

  return {
    send(text) {
      flush();
      if (!takesMore()) return;
      if (connection.writableLength + text.length <= FEW_BYTES) {
        socket.send(text);
        return;
      }
      return written((onWritten) => socket.send(text, onWritten));
    },
    gather(beginning, rest) {
      if (!takesMore()) return;
      gathered.push(beginning, rest);
      gatheredBytes += LONGEST_HEADER + beginning.length + rest.length;
      if (connection.writableLength + gatheredBytes <= FEW_BYTES) return;
      return written(flush);
    },
    flush: () => flush(),
  };
}
