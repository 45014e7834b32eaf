import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { frameAt, pongFrame, textFrame } from './frames.ts';

export interface SocketEvents {
  /** The bytes are of this call alone: they are overwritten by what comes next. */
  message(message: Buffer): void;
  /** It was not closed by this side. */
  lost(why: string): void;
}

export interface BenchSocket {
  send(text: string): void;
  close(): void;
}

/** What arrives on any of the sockets arrives here. */
const arrived = Buffer.allocUnsafeSlow(256 * 1024);
const END_OF_HEADERS = Buffer.from('\r\n\r\n');

/**
 * A WebSocket that costs as little as it can, so that what is measured is the other side. Resolves once it is open.
 */
export function openSocket(url: string, events: SocketEvents): Promise<BenchSocket> {
  const { hostname, port, host, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    /** What has arrived of something that has not arrived to its end. */
    let begun: Buffer | undefined;
    let isOpen = false;
    let isClosed = false;

    const lose = (why: string) => {
      if (isClosed) return;
      isClosed = true;
      socket.destroy();
      if (isOpen) events.lost(why);
      else reject(new Error(why));
    };

    /** Answers where what it has read ends. */
    function readFrames(bytes: Buffer, from: number): number {
      let at = from;
      for (let frame = frameAt(bytes, at); frame; frame = frameAt(bytes, at)) {
        at = frame.to;
        const content = bytes.subarray(frame.from, frame.to);
        if (frame.kind === 'text') events.message(content);
        else if (frame.kind === 'ping') socket.write(pongFrame(content));
        else lose(`closed with ${content.readUInt16BE(0)}`);
      }
      return at;
    }

    function readHeaders(bytes: Buffer): number {
      const end = bytes.indexOf(END_OF_HEADERS);
      if (end < 0) return 0;
      const [status] = bytes.toString('latin1', 0, end).split('\r\n');
      if (!status?.includes(' 101 ')) lose(`refused: ${status}`);
      else {
        isOpen = true;
        resolve({
          send: (text) => void socket.write(textFrame(text)),
          close() {
            isClosed = true;
            socket.destroy();
          },
        });
      }
      return end + END_OF_HEADERS.length;
    }

    function read(size: number): void {
      const fresh = arrived.subarray(0, size);
      const bytes = begun ? Buffer.concat([begun, fresh]) : fresh;
      const opened = isOpen ? 0 : readHeaders(bytes);
      const end = isOpen ? readFrames(bytes, opened) : opened;
      begun = end === bytes.length ? undefined : Buffer.from(bytes.subarray(end));
    }

    const socket: Socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: {
        buffer: arrived,
        callback(size) {
          try {
            read(size);
          } catch (error) {
            lose(String(error));
          }
          return true;
        },
      },
    });
    socket.on('error', (error) => lose(String(error)));
    socket.on('close', () => lose('closed'));
    socket.write(
      [
        `GET ${pathname} HTTP/1.1`,
        `Host: ${host}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        'Sec-WebSocket-Protocol: graphql-transport-ws',
        '\r\n',
      ].join('\r\n'),
    );
  });
}
