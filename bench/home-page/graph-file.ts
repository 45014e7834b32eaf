import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

const FEWEST_FOLLOWED = 10;

export interface ChosenAccounts {
  readonly usernames: readonly string[];
  readonly followers: number;
  readonly follows: number;
}

/** Accounts to look at the system as: `number` of those that follow at least ten others, spread over all of them. */
export async function chooseAccounts(path: string, number: number): Promise<ChosenAccounts> {
  const file = createReadStream(path);
  const followed = new Map<number, number>();
  let follows = 0;
  for await (const line of createInterface({ input: path.endsWith('.gz') ? file.pipe(createGunzip()) : file })) {
    const follower = /^\s*(\d+)\s+\d+\s*$/.exec(line)?.[1];
    if (follower === undefined) continue;
    follows += 1;
    followed.set(Number(follower), (followed.get(Number(follower)) ?? 0) + 1);
  }
  const able = [...followed].filter(([, count]) => count >= FEWEST_FOLLOWED).map(([account]) => account);
  able.sort((one, other) => one - other);
  const step = Math.max(1, able.length / number);
  const usernames = Array.from({ length: Math.min(number, able.length) }, (_, place) => {
    return `u${able[Math.floor(place * step)]}`;
  });
  return { usernames, followers: followed.size, follows };
}
