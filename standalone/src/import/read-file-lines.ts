import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Progress } from './progress.ts';
import { type Line, readLines } from './read-lines.ts';

/** The lines of a file, with how far the reading is. */
export async function* readFileLines(path: string, progress: Progress): AsyncGenerator<Line[]> {
  const kilobytes = (bytes: number) => Math.round(bytes / 1_000);
  const phase = progress.phase(`Reading ${basename(path)} (kB)`, kilobytes((await stat(path)).size));
  let bytes = 0;
  yield* readLines(path, (more) => {
    bytes += more;
    phase.set(kilobytes(bytes));
  });
  phase.end();
}
