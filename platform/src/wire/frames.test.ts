import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { FrameReader, FrameWriter } from './frames.ts';

const FRAMES = [
  [1, 7, 'text'],
  [255, 2 ** 32 - 1, ''],
  [2, 0, 'ä€😀'],
  [3, 8, 'x'.repeat(300)],
] as const;

async function bytesOf(frames: readonly (readonly [number, number, string])[]): Promise<Buffer> {
  const through = new PassThrough();
  const writer = new FrameWriter(through);
  for (const [kind, number, text] of frames) writer.send(kind, number, text);
  expect(through.readableLength).toBe(0);
  const [bytes] = await once(through, 'data');
  return bytes;
}

function readerOf(maxBytes = 1_000) {
  const taken: unknown[] = [];
  const reader = new FrameReader(
    {
      onFrame: (...frame) => void taken.push(frame),
      onTooLong: (kind, number) => void taken.push(['too long', kind, number]),
    },
    maxBytes,
  );
  return { taken, reader };
}

describe('frames', () => {
  it('go out together, and come in as they were', async () => {
    const { taken, reader } = readerOf();
    reader.take(await bytesOf(FRAMES));
    expect(taken).toEqual(FRAMES);
  });

  it.each([1, 2, 3, 8, 9, 10, 100])('come in pieces of %i bytes', async (size) => {
    const bytes = await bytesOf(FRAMES);
    const { taken, reader } = readerOf();
    for (let at = 0; at < bytes.length; at += size) reader.take(bytes.subarray(at, at + size));
    expect(taken).toEqual(FRAMES);
  });

  it.each([1, 7, 1_000])('that are too long are passed over, in pieces of %i bytes', async (size) => {
    const bytes = await bytesOf([
      [1, 1, 'before'],
      [2, 2, 'y'.repeat(301)],
      [3, 3, 'after'],
    ]);
    const { taken, reader } = readerOf(300);
    for (let at = 0; at < bytes.length; at += size) reader.take(bytes.subarray(at, at + size));
    expect(taken).toEqual([
      [1, 1, 'before'],
      ['too long', 2, 2],
      [3, 3, 'after'],
    ]);
  });

  it('that are thought of last go out with the others', async () => {
    const through = new PassThrough();
    const writer = new FrameWriter(through);
    const { taken, reader } = readerOf();
    writer.lastly(() => writer.send(2, 2, 'last'));
    writer.send(1, 1, 'first');
    const [bytes] = await once(through, 'data');
    reader.take(bytes);
    expect(taken).toEqual([
      [1, 1, 'first'],
      [2, 2, 'last'],
    ]);
    writer.lastly(() => writer.send(3, 3, 'alone'));
    reader.take((await once(through, 'data'))[0]);
    expect(taken.at(-1)).toEqual([3, 3, 'alone']);
  });

  it('say how much nobody has read', async () => {
    const through = new PassThrough();
    const writer = new FrameWriter(through);
    writer.send(1, 1, 'ä');
    expect(writer.unread).toBe(11);
    writer.flush();
    expect(writer.unread + through.readableLength).toBe(11);
  });

  it('are not written to a connection that is gone', () => {
    const through = new PassThrough();
    const writer = new FrameWriter(through);
    writer.send(1, 1, 'text');
    through.destroy();
    expect(() => writer.flush()).not.toThrow();
  });
});
