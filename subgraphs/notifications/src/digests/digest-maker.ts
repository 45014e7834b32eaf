import type { CatchesUp } from '@starling/platform/batching';
import type { EventLog } from '@starling/platform/event-log';
import { type Clock, every, type Woken, woken } from '@starling/platform/live';
import type { Database, Transaction } from '@starling/platform/postgres';
import type { Logger } from 'pino';
import { uuidv7 } from 'uuidv7';
import { due } from './digest-events.ts';
import {
  askForDigests,
  type DigestUnderWay,
  type DueDigest,
  listNews,
  type News,
  restDigests,
  takeDigests,
} from './digest-store.ts';
import { type DigestTimes, MOST_ATTEMPTS } from './digest-times.ts';
import { giveUpDigests } from './give-up-digests.ts';

export interface DigestMakerParts {
  readonly database: Database;
  readonly eventLog: Pick<EventLog, 'append'>;
  readonly copies: CatchesUp;
  readonly times: DigestTimes;
  /** When digests are looked for; every half minute when not given. */
  readonly clock?: Clock | undefined;
  readonly logger?: Logger | undefined;
}

const isSpent = (digest: DueDigest): digest is DigestUnderWay =>
  digest.digestId !== null && digest.attempts >= MOST_ATTEMPTS;

const lineOf = ({ kind, tweetId, createdMs, actorIds, actorCount, milestone }: News) => ({
  kind,
  tweetId,
  atMs: Number(createdMs),
  actorIds: [...actorIds],
  actorCount: Number(actorCount),
  milestone: milestone === null ? null : Number(milestone),
});

/**
 * Asks for the digests that are due, each by one process, and again for those of which nobody has told what became of them.
 * What a digest tells is found out anew each time: so a block, a deletion or a changed mind in between holds.
 */
export function digestMaker({
  database,
  eventLog,
  copies,
  times,
  clock = every(30_000),
  logger,
}: DigestMakerParts): Woken {
  async function ask(transaction: Transaction, taken: readonly DueDigest[]): Promise<void> {
    const newsOf = new Map<string, News[]>();
    for (const line of await listNews(transaction, taken, times.oldest())) {
      newsOf.set(line.userId, [...(newsOf.get(line.userId) ?? []), line]);
    }
    const quiet = taken.filter(({ userId }) => !newsOf.has(userId));
    const asked = taken.flatMap(({ userId, digestId, attempts }) => {
      const news = newsOf.get(userId);
      const [first] = news ?? [];
      if (!news || !first) return [];
      const { unread, newest } = first;
      return [{ userId, digestId: digestId ?? uuidv7(), attempt: attempts + 1, news, unread, newest }];
    });
    if (quiet.length > 0) {
      const userIds = quiet.map(({ userId }) => userId);
      await restDigests(transaction, userIds, times.next());
    }
    if (asked.length === 0) return;
    await askForDigests(transaction, asked, times.unanswered());
    await eventLog.append(
      transaction,
      asked.map(({ userId, digestId, attempt, news, unread }) =>
        due({ userId, digestId, attempt, lines: news.map(lineOf), more: unread - news.length }),
      ),
    );
  }

  /** False when nothing was due. */
  async function makeSome(): Promise<boolean> {
    return database.transaction(async (transaction) => {
      const taken = await takeDigests(transaction, times.now());
      const spent = taken.filter(isSpent);
      const open = taken.filter((digest) => !isSpent(digest));
      if (spent.length > 0) await giveUpDigests({ transaction, times, logger }, spent, 'Nobody answered.');
      if (open.length > 0) await ask(transaction, open);
      return taken.length > 0;
    });
  }

  return woken({
    clock,
    onFailure: (error) => logger?.warn({ err: error }, 'digests wait and will be made later'),
    async work(isStopping) {
      // Before a connection is taken: who waits for the copies holds none.
      await copies.caughtUp();
      while (!isStopping() && (await makeSome()));
    },
  });
}
