import { type HotMemory, sharedReader } from '@starling/platform/cache';
import { type Database, type Queryable, type Statement, statement } from '@starling/platform/postgres';
import { isNotPinned, LISTED, PROFILE_FILTERS, type ProfileFilter, pinOf } from '../profile/profile-filter.ts';
import { THE_BEGINNING } from '../timeline-cache/timeline-cache.ts';

/** Entries that are remembered of one list, at most: what lies below is read by SQL. */
export const PROFILE_HEAD = 200;
/** Ids that are remembered of all lists together, 8 bytes each. */
const IDS = 2_000_000;

/** The newest of what stands in the list of one account, whoever looks at it. */
export interface ProfileHead {
  /** Newest first, without the pinned tweet where that stands first. */
  readonly ids: BigInt64Array;
  /** Everything in the list from this id upwards is in `ids`. */
  readonly completeDownTo: bigint;
  /** Of the tweet that is pinned, where it stands first. */
  readonly pinned: bigint | null;
}

export interface ProfileHeads {
  read(userId: string, filter: ProfileFilter): Promise<ProfileHead>;
  /** Undefined when it is not remembered. */
  peek(userId: string, filter: ProfileFilter): ProfileHead | undefined;
  /** All lists of these accounts. */
  forget(userIds: readonly string[]): void;
  clear(): void;
}

// Ids as one text: a driver takes many times as long to read an array.
function listHeads(filter: ProfileFilter): Statement {
  const { condition, hasPin } = LISTED[filter];
  return statement(
    `timeline.listProfileHeads:${filter}`,
    `SELECT account.id AS "userId", ${hasPin ? pinOf('account.id') : 'NULL::bigint'} AS pinned,
       (SELECT string_agg(newest.id::text, ',' ORDER BY newest.id DESC) FROM (
          SELECT e.id FROM timeline.entries e
          WHERE e.actor_id = account.id AND NOT e.deleted AND ${condition}
            ${hasPin ? `AND ${isNotPinned('account.id')}` : ''}
          ORDER BY e.id DESC LIMIT $2
        ) newest) AS ids
     FROM unnest($1::bigint[]) AS account (id)`,
  );
}

const statements = {
  TWEETS: listHeads('TWEETS'),
  TWEETS_AND_REPLIES: listHeads('TWEETS_AND_REPLIES'),
  MEDIA: listHeads('MEDIA'),
} satisfies Record<ProfileFilter, Statement>;

type KeyedHead = ProfileHead & { readonly key: string };

const keyOf = (userId: string, filter: ProfileFilter) => `${filter} ${userId}`;

async function headsOf(
  database: Queryable,
  filter: ProfileFilter,
  userIds: readonly string[],
  size: number,
): Promise<readonly KeyedHead[]> {
  if (userIds.length === 0) return [];
  const rows = await database.query<{ userId: string; pinned: string | null; ids: string | null }>(statements[filter], [
    userIds,
    size,
  ]);
  return rows.map(({ userId, pinned, ids: text }) => {
    const ids = BigInt64Array.from(text?.split(',') ?? [], BigInt);
    return {
      key: keyOf(userId, filter),
      ids,
      completeDownTo: ids.length < size ? THE_BEGINNING : (ids.at(-1) as bigint),
      pinned: pinned === null ? null : BigInt(pinned),
    };
  });
}

const sizeOf = (head: ProfileHead | null) => 30 + (head?.ids.length ?? 0);

/** The beginnings of accounts' own timelines, `size` entries at most of each, in the memory of this process. */
export function profileHeads(database: Database, memory: HotMemory, size: number): ProfileHeads {
  const rows = memory.rows<KeyedHead>({ max: IDS, sizeOf });
  const { peek, read, forget } = sharedReader<KeyedHead>(
    rows,
    async (keys) => {
      const asked = (filter: ProfileFilter) =>
        keys.filter((key) => key.startsWith(`${filter} `)).map((key) => key.slice(filter.length + 1));
      return (
        await Promise.all(PROFILE_FILTERS.map((filter) => headsOf(database, filter, asked(filter), size)))
      ).flat();
    },
    ({ key }) => key,
  );
  return {
    peek: (userId, filter) => peek(keyOf(userId, filter)) ?? undefined,
    async read(userId, filter) {
      const [head] = await read([keyOf(userId, filter)]);
      if (!head) throw new Error('A statement answered nothing of an account.');
      return head;
    },
    forget: (userIds) => forget(userIds.flatMap((userId) => PROFILE_FILTERS.map((filter) => keyOf(userId, filter)))),
    clear: () => rows.clear(),
  };
}
