import { RedisAwayError, type RedisConnection, script } from '@starling/platform/redis';
import { activityKeys } from '../cache-keys.ts';
import type { Post } from './activity.ts';
import { type InProcessActivity, inProcessActivity } from './in-process.ts';
import type { RecentActivity, Remembered } from './recent-activity.ts';
import type { Limit } from './rules.ts';
import type { Judgement } from './verdict.ts';

const FIELDS_OF_RULE = 3;

// An author's posts are a list, oldest first, each a line of fields: id, time, text, key, links, mentions, addressed. It
// judges as `judge` does in verdict.ts, rule by rule from the newest post, and adds the post when nothing is in its way.
// Answers 'accepted', 'repeated', or the broken rule's number from 0 and the time to try again at, or '' for never.
const judgeScript = script(`
  local function read(line)
    local id, at, text, key, links, mentions, addressed = line:match('^(%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+)$')
    return { at = tonumber(at), text = text, key = key, links = tonumber(links), mentions = mentions, addressed = addressed }
  end

  local post = read(ARGV[3])
  local lines = redis.call('LRANGE', KEYS[1], 0, -1)
  local posts = {}
  for place = #lines, 1, -1 do
    local earlier = read(lines[place])
    if earlier.at <= post.at - tonumber(ARGV[2]) then break end
    if post.key ~= '-' and earlier.key == post.key then return { 'repeated' } end
    posts[#posts + 1] = earlier
  end

  local function broken(counts, window, most)
    local sum, said, distinct = 0, 0, {}
    local function addAll(people)
      for person in people:gmatch('[^,]+') do
        if person ~= '-' and not distinct[person] then
          distinct[person] = true
          sum = sum + 1
        end
      end
    end
    local function add(one)
      if counts == 'posts' then sum = sum + 1
      elseif counts == 'links' then sum = sum + one.links
      elseif counts == 'mentions' then addAll(one.mentions)
      elseif one.text == post.text then
        said = said + 1
        if counts == 'same-text' then sum = said else addAll(one.addressed) end
      end
      return sum > most and (counts ~= 'people-of-same-text' or said > 1)
    end
    if (counts == 'same-text' or counts == 'people-of-same-text') and post.text == '-' then return nil end
    if counts == 'people-of-same-text' and post.addressed == '-' then return nil end
    if counts == 'links' and post.links == 0 then return nil end
    if counts == 'mentions' and post.mentions == '-' then return nil end
    if add(post) then return '' end
    for place = 1, #posts do
      local earlier = posts[place]
      if earlier.at <= post.at - window then return nil end
      if add(earlier) then return string.format('%.0f', earlier.at + window) end
    end
    return nil
  end

  for place = 4, #ARGV, ${FIELDS_OF_RULE} do
    local retryAt = broken(ARGV[place], tonumber(ARGV[place + 1]), tonumber(ARGV[place + 2]))
    if retryAt then return { tostring((place - 4) / ${FIELDS_OF_RULE}), retryAt } end
  end
  redis.call('RPUSH', KEYS[1], ARGV[3])
  redis.call('LTRIM', KEYS[1], -tonumber(ARGV[1]), -1)
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return { 'accepted' }`);

const withdrawScript = script(`return redis.call('LREM', KEYS[1], -1, ARGV[1])`);

const list = (values: readonly string[]) => values.join(',') || '-';

function lineOf({ id, at, text, key, links, mentions, addressed }: Post): string {
  return [id, at, text || '-', key || '-', links, list(mentions), list(addressed)].join(' ');
}

function judgementOf([what, retryAt]: readonly string[], limits: readonly Limit[]): Judgement {
  if (what === 'accepted' || what === 'repeated') return what;
  const rule = limits[Number(what)];
  if (!rule) throw new Error('Redis judged by a rule that there is not.');
  return { rule, retryAt: retryAt ? Number(retryAt) : undefined };
}

export interface RedisActivityOptions {
  readonly redis: RedisConnection;
  readonly remembered: Remembered;
  /** What this process has seen, for while Redis is away. */
  readonly local?: InProcessActivity;
}

/**
 * Activity that processes share. While Redis is away, which its connection logs once, posts are judged by what this process
 * has seen; what it accepts meanwhile Redis never hears of.
 */
export function redisActivity(options: RedisActivityOptions): RecentActivity {
  const { redis, remembered, local = inProcessActivity(remembered) } = options;
  const keys = activityKeys(redis.namespace);
  const ifAway = async <Result>(work: () => Promise<Result>, otherwise: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RedisAwayError)) throw error;
      return otherwise();
    }
  };
  return {
    judge(authorId, post, limits) {
      const rules = limits.flatMap(({ counts, windowMs, most }) => [counts, windowMs, most]);
      const args = [remembered.posts, remembered.ms, lineOf(post), ...rules];
      return ifAway(
        async () => {
          const answer = (await redis.run(judgeScript, [keys.posts(authorId)], args)) as string[];
          const judgement = judgementOf(answer, limits);
          if (judgement === 'accepted') local.note(authorId, post);
          return judgement;
        },
        () => local.judge(authorId, post, limits),
      );
    },
    async withdraw(authorId, post) {
      await local.withdraw(authorId, post);
      await ifAway(
        async () => void (await redis.run(withdrawScript, [keys.posts(authorId)], [lineOf(post)])),
        async () => {},
      );
    },
  };
}
