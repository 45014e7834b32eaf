import { randomUUID } from 'node:crypto';
import { writerLeaseKeys } from '../redis/keys.ts';
import type { RedisConnection } from '../redis/open-redis.ts';
import { script } from '../redis/script.ts';
import { AHEAD_MS, allHeld, LEASE_MS, WRITERS, type WriterLeases } from './writer-leases.ts';

export interface RedisWriterLeasesOptions {
  readonly redis: RedisConnection;
  /**
   * How long a number rests when it is leased by a server that did not lease it before: longer than ids are reserved ahead
   * (10,000 ms) and clocks differ. Default 15,000 ms.
   */
  readonly doubtMs?: number;
}

const DOUBT_MS = 15_000;
/** A holder that renewed within this time has held its number without a break, whatever a server has forgotten since. */
const SURE_MS = LEASE_MS / 2;
/** What nobody has leased from or renewed for so long, 30 days, is forgotten: as if by a server that was not there before. */
const KEPT_MS = 30 * 24 * 3_600_000;

/*
 * A hash: `server`, the run id of the server that was asked last; `floor`, the millisecond up to which ids may have been
 * made of which this server knows nothing; and for each writer `holder|end of the lease|end of the reservation`, the lease
 * by the server's clock. A replica that was promoted, or a server that was started again, may have forgotten leases and
 * reservations of the last moment. It is known by its run id: from then on every number that it leases counts as used up
 * to `floor`, by which time whoever held one without its knowledge has run out of what was reserved. Server and
 * floor together are a term: a holder that was last confirmed in another one has to be sure of itself.
 */
const RECORDS = `
  local key = KEYS[1]
  local function read(writer)
    local held, ends, reserved = string.match(redis.call('HGET', key, writer) or '', '^([^|]*)|(%d+)|(%d+)$')
    return held or '', tonumber(ends or '0'), tonumber(reserved or '0')
  end
  local function write(writer, held, ends, reserved)
    redis.call('HSET', key, writer, held .. '|' .. string.format('%.0f', ends) .. '|' .. string.format('%.0f', reserved))
    redis.call('PEXPIRE', key, ${KEPT_MS})
  end`;

const PREAMBLE = `${RECORDS}
  local holder, id = ARGV[1], tonumber(ARGV[3])
  local leaseMs, aheadMs = tonumber(ARGV[2]), tonumber(ARGV[4])
  local time = redis.call('TIME')
  local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  local server = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
  if redis.call('HGET', key, 'server') ~= server then
    redis.call('HSET', key, 'server', server, 'floor', string.format('%.0f', id + tonumber(ARGV[5])))
  end
  local floor = redis.call('HGET', key, 'floor')
  local term = server .. floor`;

const leaseScript = script(`${PREAMBLE}
  local best, used
  for writer = 0, tonumber(ARGV[6]) - 1 do
    local held, ends, reserved = read(writer)
    if (held == '' or ends <= now) and (not used or reserved < used) then best, used = writer, reserved end
  end
  if not best then return nil end
  used = math.max(used, tonumber(floor))
  local reserved = math.max(used, id) + aheadMs
  write(best, holder, now + leaseMs, reserved)
  return { best, string.format('%.0f', used), string.format('%.0f', reserved), term }`);

const renewScript = script(`${PREAMBLE}
  local held, _, reserved = read(ARGV[6])
  if held ~= holder then return nil end
  if ARGV[7] ~= term and ARGV[8] ~= 'sure' then return nil end
  reserved = math.max(reserved, id + aheadMs)
  write(ARGV[6], holder, now + leaseMs, reserved)
  return { string.format('%.0f', reserved), term }`);

// Whatever server this is: it does not lease anything, and leaves the doubt to those that do.
const returnScript = script(`${RECORDS}
  if read(ARGV[2]) == ARGV[1] then write(ARGV[2], '', 0, tonumber(ARGV[3])) end
  return 0`);

/**
 * Writer numbers in Redis, for a system whose every writer leases there (docs/adr/0012): numbers that are leased in two
 * places are the same numbers. The machines' clocks have to be within some seconds of each other.
 */
export function redisWriterLeases({ redis, doubtMs = DOUBT_MS }: RedisWriterLeasesOptions): WriterLeases {
  const key = writerLeaseKeys(redis.namespace).writers;
  const holder = randomUUID();
  let knownTerm = '';
  let confirmedAt = 0;

  const argumentsAt = (ms: number) => [holder, LEASE_MS, ms, AHEAD_MS, doubtMs];
  const confirm = (term: string, askedAt: number) => {
    knownTerm = term;
    confirmedAt = askedAt;
  };

  return {
    async lease(nowMs) {
      const askedAt = performance.now();
      const answer = await redis.run(leaseScript, [key], [...argumentsAt(nowMs), WRITERS]);
      if (answer === null) throw allHeld();
      const [writer, used, reserved, term] = answer as [number, string, string, string];
      confirm(term, askedAt);
      return { writer, usedUntilMs: Number(used), reservedUntilMs: Number(reserved) };
    },

    async renew(writer, nowMs) {
      const askedAt = performance.now();
      const sure = askedAt - confirmedAt < SURE_MS ? 'sure' : 'unsure';
      const answer = await redis.run(renewScript, [key], [...argumentsAt(nowMs), writer, knownTerm, sure]);
      if (answer === null) return null;
      const [reserved, term] = answer as [string, string];
      confirm(term, askedAt);
      return Number(reserved);
    },

    async giveBack(writer, usedUntilMs) {
      await redis.run(returnScript, [key], [holder, writer, usedUntilMs]);
    },
  };
}
