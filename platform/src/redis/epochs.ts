import { RedisAwayError, type RedisConnection } from './open-redis.ts';
import { script } from './script.ts';

/**
 * Everything that a shared cache keeps carries the number of the epoch in which it was made, and what was made in an
 * earlier epoch than the present one counts as absent. A process that may have missed something, because its writes may
 * have been lost or because it was not there, begins a new epoch before it believes anything.
 */
export interface Epochs {
  /** The present epoch, as far as this process knows; a new one when something may have been lost. */
  current(): Promise<number>;
  /** Does `work` in the present epoch: what it answers is of no earlier one. */
  during<Result>(
    work: (epoch: number) => Promise<Result>,
  ): Promise<{ readonly epoch: number; readonly result: Result }>;
  /** Begins a new epoch: everything that was kept before is void. */
  begin(): Promise<void>;
  /** Believes what is there in this epoch: somebody else has watched over it. */
  join(epoch: number, losses: number): void;
  /** Whether nothing has been lost since the present epoch was believed. */
  readonly isSure: boolean;
}

/** How an epoch begins: later than any before, also when the number of the one before was lost. `at` is its key. */
export const BEGIN_EPOCH = `
  local function beginEpoch(at, known)
    local time = redis.call('TIME')
    local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
    local before = tonumber(redis.call('GET', at) or '0')
    local epoch = string.format('%.0f', math.max(before + 1, now, tonumber(known) + 1))
    redis.call('SET', at, epoch, 'PX', 2592000000)
    return epoch
  end`;

const beginScript = script(`${BEGIN_EPOCH}
  return beginEpoch(KEYS[1], ARGV[1])`);

const ATTEMPTS = 4;

export function createEpochs(redis: RedisConnection, key: string): Epochs {
  let epoch = 0;
  /** The number of losses that the present epoch began after. Before the first one, nothing is believed. */
  let sureAt = -1;
  let beginning: Promise<void> | undefined;

  async function begin(): Promise<void> {
    const losses = redis.losses;
    epoch = Math.max(epoch, Number(await redis.run(beginScript, [key], [epoch])));
    sureAt = losses;
  }

  async function current(): Promise<number> {
    for (let attempt = 0; attempt < ATTEMPTS && sureAt !== redis.losses; attempt++) {
      beginning ??= begin().finally(() => {
        beginning = undefined;
      });
      await beginning;
    }
    if (sureAt !== redis.losses) throw new RedisAwayError('Redis comes and goes.');
    return epoch;
  }

  return {
    current,
    async during(work) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const assumed = await current();
        const [found, result] = await Promise.all([redis.get(key), work(assumed)]);
        const present = Number(found ?? 0);
        // The number itself was lost, and whatever else with it.
        if (present < assumed) redis.noteLoss();
        epoch = Math.max(epoch, present);
        if (present === assumed && sureAt === redis.losses) return { epoch: assumed, result };
      }
      throw new RedisAwayError('Redis comes and goes.');
    },
    begin,
    join(joined, losses) {
      epoch = Math.max(epoch, joined);
      sureAt = losses;
    },
    get isSure() {
      return sureAt === redis.losses;
    },
  };
}
