import { createPostgresEventLog } from '@starling/platform/event-log';
import { openDatabase } from '@starling/platform/postgres';
import { makeSnowflake } from '@starling/platform/snowflake';
import { addLikesInBulk, addTweetsInBulk, parseTweetText } from '@starling/tweets';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';
import { readCountsCommand, runCounts } from '../src/counts/run-counts.ts';

test('TW-7: counts are checked, and made anew, from the command line', async () => {
  const { url, drop } = await createTestDatabase();
  const database = openDatabase({ url, applicationName: 'counts tests' });
  const eventLog = createPostgresEventLog({ url });
  const [author, id] = ['1000', makeSnowflake({ ms: Date.now(), kind: 'tweet', writer: 60, sequence: 1 })];
  const { entities } = parseTweetText('Count me');
  const tweet = { id, authorId: author, conversationId: id, replyTo: null, quotedTweetId: null, text: 'Count me' };
  const lines: string[] = [];
  const run = (command: 'check' | 'rebuild') => runCounts({ url, command, onProgress: (line) => lines.push(line) });
  const likes = async () => (await database.pool.query('SELECT likes FROM tweets.tweet_counts')).rows;
  try {
    await database.transaction(async (transaction) => {
      await addTweetsInBulk(transaction, eventLog, [{ ...tweet, entities, language: null }]);
      const people = ['1', '2', '3'].map((userId) => ({ tweetId: id, authorId: author, userId }));
      await addLikesInBulk(transaction, eventLog, people);
    });
    expect(await run('check')).toBe('The counts of 1 tweets were compared; 0 were wrong and are right now.');
    expect(await likes()).toEqual([{ likes: 3 }]);
    await database.pool.query('UPDATE tweets.tweet_counts SET likes = 30');
    expect(await run('check')).toBe('The counts of 1 tweets were compared; 1 were wrong and are right now.');
    expect(await likes()).toEqual([{ likes: 3 }]);
    await database.pool.query('TRUNCATE tweets.tweet_counts, tweets.author_counts');
    expect(await run('rebuild')).toBe('The counts have been made anew: 1 tweets and 1 authors.');
    expect(lines).toContain('1 of about 1 tweets');
    expect(await likes()).toEqual([{ likes: 3 }]);
  } finally {
    await eventLog.stop();
    await database.close();
    await drop();
  }
});

test('a call that cannot be understood is explained', () => {
  expect(readCountsCommand(['check'])).toBe('check');
  for (const args of [[], ['guess'], ['check', 'twice']])
    expect(() => readCountsCommand(args)).toThrow('npm run counts');
});
