import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { ImportError } from './import-error.ts';

/** A line longer than this is refused unread: no real edge or post comes near, and memory stays bounded. */
export const LONGEST_LINE_BYTES = 1_048_576;

/** One line of a file, counted from 1. `text` is undefined for a line that is too long or is no UTF-8. */
export interface Line {
  readonly number: number;
  readonly text: string | undefined;
}

const LINE_FEED = 10;

/** Opens the file once, so that a path that cannot be read is known before anything is written. */
export async function checkReadable(path: string): Promise<void> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new ImportError(`Cannot read ${path}: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`);
  });
  try {
    if (!(await file.stat()).isFile()) throw new ImportError(`Cannot read ${path}: it is not a file.`);
  } finally {
    await file.close();
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

/** The file's bytes, unpacked when it is gzip by its first bytes, whatever its name. */
async function openBytes(path: string, onBytes: (bytes: number) => void): Promise<Readable> {
  const target = (await isGzip(path)) ? createGunzip({ chunkSize: 262_144 }) : new PassThrough();
  const source = createReadStream(path, { highWaterMark: 262_144 });
  source.on('data', (chunk) => onBytes(chunk.length));
  // What goes wrong on the way destroys the target with the error, and whoever reads it meets the error there.
  pipeline(source, target).catch(() => undefined);
  return target;
}

function decode(bytes: Buffer): string | undefined {
  if (bytes.length > LONGEST_LINE_BYTES || !isUtf8(bytes)) return undefined;
  return bytes.toString('utf8').replace(/\r$/, '');
}

/**
 * The lines of a file, plain or gzip, a bundle at a time; a byte order mark is left out. `onBytes` hears how much of the
 * file (as it lies on disk) has been read. Holds one chunk and one line in memory.
 */
export async function* readLines(path: string, onBytes: (bytes: number) => void): AsyncGenerator<Line[]> {
  let number = 0;
  let rest: Buffer[] = [];
  let restBytes = 0;
  const take = (bytes: Buffer): Line => {
    number += 1;
    const text = decode(number === 1 && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? bytes.subarray(3) : bytes);
    return { number, text };
  };
  const keep = (bytes: Buffer) => {
    restBytes += bytes.length;
    // Of a line that is too long already, only its length is kept.
    if (restBytes <= LONGEST_LINE_BYTES) rest.push(bytes);
  };
  const takeRest = (): Line => {
    const line = restBytes > LONGEST_LINE_BYTES ? { number: ++number, text: undefined } : take(Buffer.concat(rest));
    rest = [];
    restBytes = 0;
    return line;
  };
  try {
    for await (const chunk of (await openBytes(path, onBytes)) as AsyncIterable<Buffer>) {
      const lines: Line[] = [];
      let start = 0;
      for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
        if (restBytes > 0) {
          keep(chunk.subarray(start, end));
          lines.push(takeRest());
        } else lines.push(take(chunk.subarray(start, end)));
        start = end + 1;
      }
      if (start < chunk.length) keep(chunk.subarray(start));
      yield lines;
    }
  } catch (error) {
    throw new ImportError(`Cannot read ${path}: ${(error as Error).message}.`, { cause: error });
  }
  if (restBytes > 0) yield [takeRest()];
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
