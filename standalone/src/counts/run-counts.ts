import { createPostgresEventLog } from '@starling/platform/event-log';
import { type Database, openDatabase } from '@starling/platform/postgres';
import { checkCounts, rebuildCounts } from '@starling/tweets';
import { UsageError } from '../operator-command.ts';

export const USAGE = `npm run counts -- check | rebuild

  check     compares the counts of every tweet with the rows that they count, and puts wrong ones right
  rebuild   makes all counts of tweets and authors anew from those rows; what is read meanwhile is made first

Both may run beside the product. A rebuild that is stopped is gone on with by the product, or by its next start.`;

export type CountsCommand = 'check' | 'rebuild';

export function readCountsCommand(args: readonly string[]): CountsCommand {
  const [command, ...more] = args;
  if ((command !== 'check' && command !== 'rebuild') || more.length > 0) {
    throw new UsageError(`Say check or rebuild.\n\n${USAGE}`);
  }
  return command;
}

export interface CountsRun {
  readonly url: string;
  readonly command: CountsCommand;
  /** Told now and then how far it is. */
  readonly onProgress: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** Does it; answers what is to be said at the end. */
export async function runCounts({ url, command, onProgress, signal }: CountsRun): Promise<string> {
  const database: Database = openDatabase({ url, applicationName: 'starling counts', maxConnections: 4 });
  const eventLog = createPostgresEventLog({ url, maxBatches: 2 });
  try {
    if (command === 'check') {
      const { compared, wrong } = await checkCounts({ database, eventLog }, (tweets) => onProgress(`${tweets} tweets`));
      return `The counts of ${compared} tweets were compared; ${wrong} were wrong and are right now.`;
    }
    let last = 'nothing';
    await rebuildCounts(
      { database, eventLog },
      {
        ...(signal && { signal }),
        onProgress({ tweets, ofAbout, authors }) {
          last = `${tweets} tweets and ${authors} authors`;
          onProgress(authors > 0 ? last : `${tweets} of about ${Math.max(ofAbout, tweets)} tweets`);
        },
      },
    );
    return signal?.aborted
      ? `Stopped after ${last}; the product goes on with the rest.`
      : `The counts have been made anew: ${last}.`;
  } finally {
    await eventLog.stop();
    await database.close();
  }
}
