import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { makeSnowflake } from '@starling/platform/snowflake';
import { parseTweetText } from '@starling/tweets';
import { DEFAULT_RULES } from '@starling/tweets/abuse-rules';
import { expect, test } from 'vitest';
import { postOf } from '../src/abuse/activity.ts';
import { inProcessActivity } from '../src/abuse/in-process.ts';
import { limitsBy, remembered } from '../src/abuse/rules.ts';

/** Real posts: they are kept beside the project, not in it. */
const folder = join(import.meta.dirname, '../../../../shared/data/posts');
const isHere = existsSync(folder);

interface RealPost {
  readonly text: string;
  readonly author?: number;
  readonly at?: string;
  /** The author that is addressed. */
  readonly to?: number | null;
}

/**
 * To read a text costs the most: of the larger files so many authors in a hundred are enough, each with all their posts.
 * With ABUSE_REAL_POSTS=all it is all of them.
 */
const FILES = [
  { name: 'btc-tweets', percent: 100 },
  { name: 'ubuntu-irc', percent: 12 },
  { name: 'afrisenti', percent: 5 },
  { name: 'wisesight-th', percent: 10 },
];
const ALL = process.env.ABUSE_REAL_POSTS === 'all';
const limitsOf = limitsBy(DEFAULT_RULES);
const FAR = 86_400_000 * 365;

function postsOf(name: string): RealPost[] {
  const lines = gunzipSync(readFileSync(join(folder, `${name}.ndjson.gz`)))
    .toString()
    .split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as RealPost);
}

/** In a chat people are addressed by a name and a colon: as tweets do it, that is a mention. */
function asTweet({ text, to }: RealPost): string {
  return to == null ? text : `@u${to} ${text.replace(/^\S+[:,]\s*/, '')}`;
}

interface Tally {
  posts: number;
  readonly byRule: Map<string, number>;
}

/** What the check says of posts in the order of their times, were each by an account of one of these ages. */
async function verdictsOn(name: string, percent: number, agesMs: readonly number[]): Promise<Tally[]> {
  const runs = agesMs.map((ageMs) => ({
    ageMs,
    activity: inProcessActivity(remembered(DEFAULT_RULES), 200_000),
    tally: { posts: 0, byRule: new Map<string, number>() },
  }));
  const posts = postsOf(name)
    // Without an author, each is by somebody else; without a time, all are of one moment.
    .map((post, index) => ({ ...post, by: post.author ?? index, at: Date.parse(post.at ?? '2020-01-01T00:00:00Z') }))
    .filter(({ by }) => ALL || by % 100 < percent)
    .sort((one, other) => one.at - other.at);
  for (const [index, { by, at, ...post }] of posts.entries()) {
    const parsed = parseTweetText(asTweet(post));
    if (parsed.error) continue;
    const said = postOf(String(index), at, { ...parsed, replyToTweetId: null, quotedTweetId: null, key: null });
    for (const { ageMs, activity, tally } of runs) {
      const accountId = makeSnowflake({ ms: at - ageMs, kind: 'user', writer: 0, sequence: 0 });
      const judgement = await activity.judge(String(by), said, limitsOf(accountId, at));
      tally.posts += 1;
      if (typeof judgement === 'string') continue;
      const rule = judgement.rule.name;
      tally.byRule.set(rule, (tally.byRule.get(rule) ?? 0) + 1);
    }
  }
  return runs.map(({ tally }) => tally);
}

const share = (count: number, of: number) => `${((100 * count) / of).toFixed(3)}%`;

if (isHere) {
  test.each(FILES)(
    'of the posts of $name fewer than one in two hundred get another verdict than accept',
    async (file) => {
      const [young, established] = await verdictsOn(file.name, file.percent, [0, FAR]);
      for (const [age, { posts, byRule }] of Object.entries({ young, established }) as [string, Tally][]) {
        const refused = [...byRule.values()].reduce((sum, count) => sum + count, 0);
        const rules = [...byRule].map(([rule, count]) => `${rule} ${share(count, posts)}`);
        const all = `${share(refused, posts)} of ${posts}`;
        process.stdout.write(`${file.name}, were all accounts ${age}: ${[all, ...rules].join('; ')}\n`);
        expect(posts).toBeGreaterThan(2_000);
        expect(refused / posts).toBeLessThan(0.005);
      }
    },
    120_000,
  );
} else {
  process.stdout.write(`The abuse check is not tried on real posts: there is no ${folder}.\n`);
}

test('real posts are here wherever the whole suite has to run', () => {
  expect(isHere || process.env.CI !== 'true').toBe(true);
});
