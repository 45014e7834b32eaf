import { BEGIN_EPOCH, script } from '@starling/platform/redis';

/*
 * A timeline is a sorted set of ids (all scores 0, members of 19 digits, so that their order is that of the ids, exact)
 * and a hash of facts about it: `down` (completeDownTo), `version` (graphVersion), `built` (builtAt), `epoch`. A build is a member of the
 * viewer's `builds` until it ends or its time is over; what is pushed meanwhile is in `pushed`.
 *
 * Every script gets KEYS: readers, building, and the prefixes of ids, facts, builds, pushed; all of one bucket.
 */

/** So long a build may take, in milliseconds. One that takes longer is not kept: what was pushed meanwhile may be gone. */
export const LONGEST_BUILD_MS = 60_000;

const COMMON = `
  local readers, building = KEYS[1], KEYS[2]
  local idsOf, factsOf, buildsOf, pushedOf = KEYS[3], KEYS[4], KEYS[5], KEYS[6]

  -- The server's own time: processes whose clocks differ agree on which builds are over.
  local function millis()
    local time = redis.call('TIME')
    return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  end

  local function drop(viewer)
    redis.call('DEL', idsOf .. viewer, factsOf .. viewer)
    redis.call('ZREM', readers, viewer)
  end

  -- True while somebody builds the viewer's timeline.
  local function isBuilding(viewer, now)
    local builds = buildsOf .. viewer
    redis.call('ZREMRANGEBYSCORE', builds, '-inf', now)
    if redis.call('ZCARD', builds) > 0 then return true end
    redis.call('DEL', pushedOf .. viewer)
    redis.call('ZREM', building, viewer)
    return false
  end`;

/** ARGV: viewer, time of the read, time before which a read is too long ago, milliseconds to keep. */
export const getScript = script(`${COMMON}
  local viewer = ARGV[1]
  local read = redis.call('ZSCORE', readers, viewer)
  if not read then return false end
  local facts = redis.call('HMGET', factsOf .. viewer, 'down', 'version', 'epoch', 'built')
  if not facts[1] or tonumber(read) < tonumber(ARGV[3]) then
    drop(viewer)
    return false
  end
  redis.call('ZADD', readers, ARGV[2], viewer)
  for _, key in ipairs({ readers, idsOf .. viewer, factsOf .. viewer }) do redis.call('PEXPIRE', key, ARGV[4]) end
  return { facts[1], facts[2], facts[3], facts[4], redis.call('ZRANGE', idsOf .. viewer, 0, -1, 'REV') }`);

/** ARGV: viewer, build. */
export const beginBuildScript = script(`${COMMON}
  local viewer = ARGV[1]
  local over = string.format('%.0f', millis() + ${LONGEST_BUILD_MS})
  redis.call('ZADD', buildsOf .. viewer, over, ARGV[2])
  redis.call('PEXPIRE', buildsOf .. viewer, ${2 * LONGEST_BUILD_MS})
  redis.call('ZADD', building, over, viewer)
  redis.call('PEXPIRE', building, ${2 * LONGEST_BUILD_MS})
  return 1`);

/** ARGV: viewer, build. */
export const abandonScript = script(`${COMMON}
  redis.call('ZREM', buildsOf .. ARGV[1], ARGV[2])
  isBuilding(ARGV[1], millis())
  return 1`);

/**
 * ARGV: viewer, build, epoch, time of the read, milliseconds to keep, down, version, when it was built, capacity,
 * timelines at most, then the ids that were read. Answers the point of completeness and the ids, or false when the build's time was over.
 */
export const finishScript = script(`${COMMON}
  local viewer, build, epoch, down, version = ARGV[1], ARGV[2], ARGV[3], ARGV[6], ARGV[7]
  local capacity, most = tonumber(ARGV[9]), tonumber(ARGV[10])
  local now = millis()
  if not isBuilding(viewer, now) or not redis.call('ZSCORE', buildsOf .. viewer, build) then return false end

  local merged, there = {}, {}
  local function take(id)
    if id >= down and not there[id] then
      there[id] = true
      merged[#merged + 1] = id
    end
  end
  for i = 11, #ARGV do take(ARGV[i]) end
  for _, id in ipairs(redis.call('ZRANGE', pushedOf .. viewer, 0, -1)) do take(id) end
  table.sort(merged, function(a, b) return a > b end)
  if #merged > capacity then
    for i = #merged, capacity + 1, -1 do merged[i] = nil end
    down = merged[capacity]
  end

  redis.call('ZREM', buildsOf .. viewer, build)
  isBuilding(viewer, now)

  local known = redis.call('HMGET', factsOf .. viewer, 'version', 'epoch')
  local isNewer = known[1] and tonumber(known[2]) >= tonumber(epoch) and known[1] > version
  if not isNewer then
    local ids, facts = idsOf .. viewer, factsOf .. viewer
    redis.call('DEL', ids)
    local members = {}
    for i, id in ipairs(merged) do
      members[2 * i - 1] = 0
      members[2 * i] = id
    end
    if #merged > 0 then redis.call('ZADD', ids, unpack(members)) end
    redis.call('HSET', facts, 'down', down, 'version', version, 'built', ARGV[8], 'epoch', epoch)
    redis.call('ZADD', readers, ARGV[4], viewer)
    for _, key in ipairs({ readers, ids, facts }) do redis.call('PEXPIRE', key, ARGV[5]) end
    local extra = redis.call('ZCARD', readers) - most
    if extra > 0 then
      for _, oldest in ipairs(redis.call('ZRANGE', readers, 0, extra - 1)) do drop(oldest) end
    end
  end
  return { down, merged }`);

/**
 * ARGV: epoch, capacity, to how many a timeline is trimmed that has outgrown it, then groups: how many ids, the ids, how
 * many viewers, the viewers. Answers how many timelines were there to be pushed to.
 */
export const pushScript = script(`${COMMON}
  local epoch, capacity, trimmed = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
  local somebodyBuilds = redis.call('ZCARD', building) > 0
  local now, reached, i = millis(), 0, 4
  while i <= #ARGV do
    local count = tonumber(ARGV[i])
    local lowest, all = ARGV[i + 1], {}
    for at = i + 1, i + count do
      all[#all + 1] = 0
      all[#all + 1] = ARGV[at]
      if ARGV[at] < lowest then lowest = ARGV[at] end
    end
    i = i + count + 1
    local last = i + tonumber(ARGV[i])
    for at = i + 1, last do
      local viewer = ARGV[at]
      local ids, facts = idsOf .. viewer, factsOf .. viewer
      local known = redis.call('HMGET', facts, 'down', 'epoch')
      local down = known[1]
      if down and tonumber(known[2]) < epoch then
        -- Of an epoch that is over: nobody believes it any more.
        drop(viewer)
      elseif down then
        reached = reached + 1
        local members = all
        if lowest < down then
          members = {}
          for place = 2, #all, 2 do
            if all[place] >= down then
              members[#members + 1] = 0
              members[#members + 1] = all[place]
            end
          end
        end
        if #members > 0 and redis.call('ZADD', ids, unpack(members)) > 0 then
          local size = redis.call('ZCARD', ids)
          if size > capacity then
            redis.call('ZREMRANGEBYRANK', ids, 0, size - trimmed - 1)
            redis.call('HSET', facts, 'down', redis.call('ZRANGE', ids, 0, 0)[1])
          end
        end
      end
      if somebodyBuilds and redis.call('ZSCORE', building, viewer) and isBuilding(viewer, now) then
        redis.call('ZADD', pushedOf .. viewer, unpack(all))
        -- One more than a timeline holds: a build sees that there were too many.
        redis.call('ZREMRANGEBYRANK', pushedOf .. viewer, 0, -capacity - 2)
        redis.call('PEXPIRE', pushedOf .. viewer, ${2 * LONGEST_BUILD_MS})
      end
    end
    i = last + 1
  end
  return reached`);

/** Answers how many timelines are cached or being built. */
export const sizeScript = script(`${COMMON}
  local now = millis()
  for _, viewer in ipairs(redis.call('ZRANGE', building, 0, -1)) do isBuilding(viewer, now) end
  return redis.call('ZCARD', readers) + redis.call('ZCARD', building)`);

/** Answers whose timelines are cached or being built, those of whom both is true twice. */
export const viewersScript = script(`
  local viewers = redis.call('ZRANGE', KEYS[1], 0, -1)
  for _, viewer in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do viewers[#viewers + 1] = viewer end
  return viewers`);

/** ARGV: viewers. */
export const evictScript = script(`${COMMON}
  for _, viewer in ipairs(ARGV) do drop(viewer) end
  return 1`);

export const clearScript = script(`${COMMON}
  for _, viewer in ipairs(redis.call('ZRANGE', readers, 0, -1)) do drop(viewer) end
  return 1`);

/**
 * KEYS: epoch, members, position. ARGV: member, milliseconds of a membership, the newest change, how far behind it the
 * position may be, the epoch known. Answers the epoch, and the position up to which everything cached has been delivered.
 * When nobody is a member, the position is beyond all changes, or too much would have to be delivered, a new epoch begins.
 */
export const joinScript = script(`${BEGIN_EPOCH}
  local time = redis.call('TIME')
  local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
  local watched = redis.call('ZCARD', KEYS[2]) > 0
  local epoch, position = redis.call('GET', KEYS[1]), redis.call('GET', KEYS[3])
  if not watched or not epoch or not position or tonumber(ARGV[3]) - tonumber(position) > tonumber(ARGV[4])
    or tonumber(position) > tonumber(ARGV[3]) then
    epoch = beginEpoch(KEYS[1], ARGV[5])
    position = ARGV[3]
    redis.call('SET', KEYS[3], position, 'PX', 604800000)
  end
  redis.call('ZADD', KEYS[2], now + tonumber(ARGV[2]), ARGV[1])
  redis.call('PEXPIRE', KEYS[2], 604800000)
  return { epoch, position }`);

/** KEYS: epoch, members, position. ARGV: member, milliseconds of a membership. */
export const stayScript = script(`
  local time = redis.call('TIME')
  local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  redis.call('ZADD', KEYS[2], now + tonumber(ARGV[2]), ARGV[1])
  redis.call('PEXPIRE', KEYS[2], 604800000)
  return 1`);

/** KEYS: epoch, members, position. ARGV: member. */
export const leaveScript = script(`redis.call('ZREM', KEYS[2], ARGV[1]) return 1`);

/** KEYS: epoch, members, position. ARGV: the position. */
export const deliveredScript = script(`
  if tonumber(ARGV[1]) > tonumber(redis.call('GET', KEYS[3]) or '-1') then
    redis.call('SET', KEYS[3], ARGV[1], 'PX', 604800000)
  end
  return 1`);
