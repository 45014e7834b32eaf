import { script } from '@starling/platform/redis';

/*
 * A Redis that is full drops keys, any of them at any time, and one that fails over forgets its last moments. So the sums are one
 * hash, and one script changes all of it that belongs together:
 *
 *   base, snapshot   the place; without a base there is nothing
 *   made, additions  the name of these sums, and how often something was added
 *   events           how many are in them
 *   #<event id>      the addition with which an event came
 *   t<tweet id>, u<user id>   numbers, with spaces between them
 */

/** Values that Lua hands on at once, at most. */
const AT_ONCE = 1_000;

const COMMON = `
  local sums = KEYS[1]

  -- Calls back with each part of the list from one place on: Lua hands on no more than some thousand values at once.
  local function inParts(list, first, last, work)
    for from = first, last, ${AT_ONCE} do work(from, math.min(from + ${AT_ONCE - 1}, last)) end
  end`;

/** KEYS: sums. ARGV: subjects. Answers base, snapshot, made, additions and a list of numbers or nothing; or false. */
export const readScript = script(`${COMMON}
  local place = redis.call('HMGET', sums, 'base', 'snapshot', 'made', 'additions')
  if not place[1] then return false end
  local found, count = {}, 0
  inParts(ARGV, 1, #ARGV, function(from, to)
    local part = redis.call('HMGET', sums, unpack(ARGV, from, to))
    for at = 1, to - from + 1 do
      count = count + 1
      found[count] = part[at]
    end
  end)
  place[5] = found
  return place`);

/** KEYS: sums. ARGV: made, additions, event ids. Answers those that came with one of these additions, or false. */
export const knownScript = script(`${COMMON}
  local made, most = ARGV[1], tonumber(ARGV[2])
  local now = redis.call('HMGET', sums, 'base', 'made', 'additions')
  if not now[1] or now[2] ~= made or tonumber(now[3]) < most then return false end
  local known = {}
  for at = 3, #ARGV do
    local addition = redis.call('HGET', sums, '#' .. ARGV[at])
    if addition and tonumber(addition) <= most then known[#known + 1] = ARGV[at] end
  end
  return known`);

/** KEYS: sums, turn. ARGV: milliseconds. Answers base, snapshot and events, or false when somebody else has the turn. */
export const takeTurnScript = script(`
  if not redis.call('SET', KEYS[2], '1', 'NX', 'PX', ARGV[1]) then return false end
  return redis.call('HMGET', KEYS[1], 'base', 'snapshot', 'events')`);

/**
 * KEYS: sums. ARGV: base and snapshot where sums have to be, both empty where there must be none; base and snapshot where they
 * come to; a name for them if they begin with this; milliseconds to keep; how many events; their ids; then pairs of subject and
 * numbers. Answers 'moved', or 'known' with ids, or 'added' with how many events there are.
 */
export const addScript = script(`${COMMON}
  local fromBase, fromSnapshot, base, snapshot = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
  local lastId = 7 + tonumber(ARGV[7])
  local now = redis.call('HMGET', sums, 'base', 'snapshot')
  local isThere = now[1] == fromBase and now[2] == fromSnapshot
  if fromBase == '' then isThere = not now[1] end
  if not isThere then return { 'moved' } end

  local ids = {}
  for at = 8, lastId do ids[#ids + 1] = '#' .. ARGV[at] end
  if base == fromBase then
    local known = { 'known' }
    inParts(ids, 1, #ids, function(from, to)
      local found = redis.call('HMGET', sums, unpack(ids, from, to))
      for at = 1, to - from + 1 do
        if found[at] then known[#known + 1] = ARGV[6 + from + at] end
      end
    end)
    if #known > 1 then return known end
    -- Should this script not come to its end, there is nothing.
    redis.call('HDEL', sums, 'base')
  else
    redis.call('UNLINK', sums)
    redis.call('HSET', sums, 'made', ARGV[5])
  end

  local addition = redis.call('HINCRBY', sums, 'additions', 1)
  local events = redis.call('HINCRBY', sums, 'events', #ids)
  inParts(ids, 1, #ids, function(from, to)
    local fields = {}
    for at = from, to do
      fields[#fields + 1] = ids[at]
      fields[#fields + 1] = addition
    end
    redis.call('HSET', sums, unpack(fields))
  end)
  for at = lastId + 1, #ARGV, 2 do
    local subject, numbers = ARGV[at], ARGV[at + 1]
    local before = redis.call('HGET', sums, subject)
    if before then
      local both = {}
      for number in before:gmatch('%S+') do both[#both + 1] = tonumber(number) end
      local place = 0
      for number in numbers:gmatch('%S+') do
        place = place + 1
        both[place] = string.format('%d', both[place] + tonumber(number))
      end
      numbers = table.concat(both, ' ')
    end
    redis.call('HSET', sums, subject, numbers)
  end
  redis.call('HSET', sums, 'base', base, 'snapshot', snapshot)
  redis.call('PEXPIRE', sums, ARGV[6])
  return { 'added', events }`);
