import { BEGIN_EPOCH, script } from '@starling/platform/redis';

/*
 * A Redis that is full drops keys, any of them at any time. So what must not be told apart is one key: it is there as a
 * whole, or it is not there.
 *
 * A timeline is a sorted set: its ids with score 0, of 19 digits, so that their order is that of the ids, exact; and above
 * them, with score 1, the facts `epoch|down|version|built` (completeDownTo, graphVersion, builtAt): 64 bytes at most in
 * practice, which Redis still keeps tightly. Whose timeline is not among the readers has none.
 *
 * What is under way for a viewer is a sorted set, too: ids pushed meanwhile, with score 0, and above them each build by
 * when its time is over. It counts only while the viewer is among those whose timelines are being built, as pushes look
 * there: with either of both gone all these builds are void.
 *
 * Every script gets KEYS: readers, building, and the prefixes of timelines and builds; all of one bucket.
 */

/** So long a build may take, in milliseconds. One that takes longer is not kept: what was pushed meanwhile may be gone. */
const LONGEST_BUILD_MS = 60_000;

const COMMON = `
  local readers, building = KEYS[1], KEYS[2]
  local timelineOf, buildsOf = KEYS[3], KEYS[4]

  -- The server's own time: processes whose clocks differ agree on which builds are over.
  local function millis()
    local time = redis.call('TIME')
    return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  end

  -- The facts of a timeline, or nil when there is none.
  local function factsOf(timeline)
    return redis.call('ZRANGE', timeline, 0, 0, 'REV')[1]
  end

  local function drop(viewer)
    redis.call('DEL', timelineOf .. viewer)
    redis.call('ZREM', readers, viewer)
  end

  -- True while somebody builds the viewer's timeline and everything pushed since is there.
  local function isBuilding(viewer, now)
    local builds = buildsOf .. viewer
    if redis.call('ZSCORE', building, viewer) then
      redis.call('ZREMRANGEBYSCORE', builds, '(0', now)
      if redis.call('ZCOUNT', builds, '(0', '+inf') > 0 then return true end
      redis.call('ZREM', building, viewer)
    end
    redis.call('DEL', builds)
    return false
  end`;

/** ARGV: viewer, time of the read, time before which a read is too long ago, milliseconds to keep. Answers facts and ids. */
export const getScript = script(`${COMMON}
  local viewer = ARGV[1]
  local read = redis.call('ZSCORE', readers, viewer)
  if not read then return false end
  local timeline = timelineOf .. viewer
  local found = redis.call('ZRANGE', timeline, 0, -1, 'REV')
  if #found == 0 or tonumber(read) < tonumber(ARGV[3]) then
    drop(viewer)
    return false
  end
  redis.call('ZADD', readers, ARGV[2], viewer)
  for _, key in ipairs({ readers, timeline }) do redis.call('PEXPIRE', key, ARGV[4]) end
  return found`);

/** ARGV: viewer, build. */
export const beginBuildScript = script(`${COMMON}
  local viewer, now = ARGV[1], millis()
  -- Builds that may have missed something do not come back to life with this one.
  isBuilding(viewer, now)
  local over = string.format('%.0f', now + ${LONGEST_BUILD_MS})
  redis.call('ZADD', buildsOf .. viewer, over, ARGV[2])
  redis.call('ZADD', building, over, viewer)
  for _, key in ipairs({ buildsOf .. viewer, building }) do redis.call('PEXPIRE', key, ${2 * LONGEST_BUILD_MS}) end
  return 1`);

/** ARGV: viewer, build. */
export const abandonScript = script(`${COMMON}
  redis.call('ZREM', buildsOf .. ARGV[1], ARGV[2])
  isBuilding(ARGV[1], millis())
  return 1`);

/**
 * ARGV: viewer, build, time of the read, milliseconds to keep, capacity, timelines at most, epoch, down, version, when it
 * was built, then the ids that were read. Answers the point of completeness and the ids, or false when the build is void.
 */
export const finishScript = script(`${COMMON}
  local viewer, build, epoch, down, version = ARGV[1], ARGV[2], ARGV[7], ARGV[8], ARGV[9]
  local capacity, most = tonumber(ARGV[5]), tonumber(ARGV[6])
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
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', buildsOf .. viewer, 0, 0)) do take(id) end
  table.sort(merged, function(a, b) return a > b end)
  if #merged > capacity then
    for i = #merged, capacity + 1, -1 do merged[i] = nil end
    down = merged[capacity]
  end

  redis.call('ZREM', buildsOf .. viewer, build)
  isBuilding(viewer, now)

  local timeline = timelineOf .. viewer
  local knownEpoch, known = string.match(factsOf(timeline) or '', '^(%d+)|%d+|(%d+)|')
  local isNewer = known and tonumber(knownEpoch) >= tonumber(epoch)
    and (#known > #version or (#known == #version and known > version))
  if not isNewer then
    redis.call('DEL', timeline)
    local members = { 1, epoch .. '|' .. down .. '|' .. version .. '|' .. ARGV[10] }
    for _, id in ipairs(merged) do
      members[#members + 1] = 0
      members[#members + 1] = id
    end
    redis.call('ZADD', timeline, unpack(members))
    redis.call('ZADD', readers, ARGV[3], viewer)
    for _, key in ipairs({ readers, timeline }) do redis.call('PEXPIRE', key, ARGV[4]) end
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
      local timeline = timelineOf .. viewer
      local facts = factsOf(timeline)
      local made, down
      if facts then made, down = string.match(facts, '^(%d+)|(%d+)') end
      if down and tonumber(made) < epoch then
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
        if #members > 0 and redis.call('ZADD', timeline, unpack(members)) > 0 then
          local size = redis.call('ZCARD', timeline) - 1
          if size > capacity then
            redis.call('ZREMRANGEBYRANK', timeline, 0, size - trimmed - 1)
            local risen = redis.call('ZRANGE', timeline, 0, 0)[1]
            redis.call('ZREM', timeline, facts)
            redis.call('ZADD', timeline, 1, (string.gsub(facts, down, risen, 1)))
          end
        end
      end
      if somebodyBuilds and redis.call('ZSCORE', building, viewer) and isBuilding(viewer, now) then
        local builds = buildsOf .. viewer
        redis.call('ZADD', builds, unpack(all))
        -- One more than a timeline holds: a build sees that there were too many.
        local kept = capacity + 1 + redis.call('ZCOUNT', builds, '(0', '+inf')
        redis.call('ZREMRANGEBYRANK', builds, 0, -kept - 1)
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
