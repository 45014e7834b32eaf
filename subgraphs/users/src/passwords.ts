import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { bounded } from './bounded.ts';

/** What one argon2id hash costs. */
export interface Argon2Cost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

/** The least that OWASP's password storage page recommends for argon2id. */
export const DEFAULT_COST: Argon2Cost = { memoryKiB: 19_456, passes: 2, lanes: 1 };

/** Hashes run on libuv's pool, which has four threads by default: one stays free for files and look-ups of names. */
const MOST_HASHES_AT_ONCE = Math.min(availableParallelism(), 3);
/** Some seconds of work: whoever would wait longer is better told so at once. */
const LONGEST_LINE = 200;

/** Passwords that look the same are the same, however a keyboard composed them. */
export function normalisedPassword(password: string): string {
  return password.normalize('NFKC');
}

/** An argon2id hash in PHC form, of the normalised password. */
export function hashPassword(password: string, cost: Argon2Cost = DEFAULT_COST): Promise<string> {
  // The library's default algorithm is argon2id.
  const { memoryKiB: memoryCost, passes: timeCost, lanes: parallelism } = cost;
  return hash(normalisedPassword(password), { memoryCost, timeCost, parallelism });
}

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Without a hash (no such account, or none that anybody can log in to) it takes as long, and says no. */
  verify(storedHash: string | null | undefined, password: string): Promise<boolean>;
  /** True when the hash was made at another cost than hashes are made now. */
  isOutdated(storedHash: string): boolean;
}

export function createPasswords(cost: Argon2Cost): Passwords {
  const inLine = bounded(MOST_HASHES_AT_ONCE, LONGEST_LINE);
  const nobodys = hashPassword(randomBytes(32).toString('base64'), cost);
  return {
    hash: (password) => inLine(() => hashPassword(password, cost)),
    async verify(storedHash, password) {
      const against = storedHash ?? (await nobodys);
      const matches = await inLine(() => verify(against, normalisedPassword(password)));
      return matches && storedHash != null;
    },
    isOutdated(storedHash) {
      const { memoryCost, timeCost, parallelism } = parseOptions(storedHash);
      return memoryCost !== cost.memoryKiB || timeCost !== cost.passes || parallelism !== cost.lanes;
    },
  };
}
