import { createPostgresEventLog } from '@starling/platform/event-log';
import { openDatabase } from '@starling/platform/postgres';
import { newTweetId, posted } from '../shared/posts.ts';

/** What is asked of this process, once for each post. */
export interface PostRequest {
  readonly number: number;
  readonly authorId: string;
}

/** Its answer. */
export interface PostAnswer {
  readonly number: number;
  /** When it was committed, on the clock that all processes of a machine have in common. */
  readonly committedNs: string;
}

/** Posts what its parent asks for, until that goes away. */
const url = process.env.DATABASE_URL ?? '';
const database = openDatabase({ url, applicationName: 'celebrity bench posts' });
const eventLog = createPostgresEventLog({ url });

process.on('message', async ({ number, authorId }: PostRequest) => {
  await database.transaction((transaction) => eventLog.append(transaction, [posted(newTweetId(), authorId)]));
  const answer: PostAnswer = { number, committedNs: String(process.hrtime.bigint()) };
  process.send?.(answer);
});
process.on('disconnect', async () => {
  await eventLog.stop();
  await database.close();
});
