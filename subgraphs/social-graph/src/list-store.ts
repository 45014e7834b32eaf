import { type Queryable, type Statement, statement } from '@starling/platform/postgres';

/** An account in a list. The larger position is the newer one. */
export interface Entry {
  readonly accountId: string;
  readonly position: string;
  /** It is not for this viewer to see: what reads the list leaves it out. */
  readonly isHidden: boolean;
}

export type Direction = 'forward' | 'backward';

/** A stretch of one account's list: positions strictly between `above` and `below`. */
export interface ListPart {
  readonly userId: string;
  readonly below: string;
  readonly above: string;
}

/** At most `size` entries of each part, in the order of the parts: the newest first, or the oldest when backward. */
export type ListEntries = (parts: readonly ListPart[], direction: Direction, size: number) => Promise<Entry[][]>;

interface List {
  readonly name: string;
  /** Rows of `account_id` and `position` (and of what `hidden` needs) for the account `part.user_id`. */
  readonly rows: string;
  /** Whether `entry` is hidden from the viewer, who is $5. */
  readonly hidden: string;
}

// Scalar subqueries are probes of the primary key, one per entry. Signed out, $5 is null and nobody is hidden.
const BLOCK_BETWEEN = `
  (SELECT true FROM social_graph.blocks WHERE blocker_id = $5 AND blocked_id = entry.account_id) IS NOT NULL
  OR (SELECT true FROM social_graph.blocks WHERE blocker_id = entry.account_id AND blocked_id = $5) IS NOT NULL`;

const followers: List = {
  name: 'listFollowers',
  rows: 'SELECT follower_id AS account_id, position FROM social_graph.follows WHERE followee_id = part.user_id',
  hidden: BLOCK_BETWEEN,
};

const following: List = {
  name: 'listFollowing',
  rows: 'SELECT followee_id AS account_id, position FROM social_graph.follows WHERE follower_id = part.user_id',
  hidden: BLOCK_BETWEEN,
};

// Walks those whom the viewer follows, who are few, and asks the primary key about each; the inner LIMIT keeps the planner
// from walking all followers of the account instead.
const followersYouKnow: List = {
  name: 'listFollowersYouKnow',
  rows: `SELECT mine.followee_id AS account_id, theirs.position
    FROM social_graph.follows AS mine
    CROSS JOIN LATERAL (
      SELECT position FROM social_graph.follows
      WHERE follower_id = mine.followee_id AND followee_id = part.user_id LIMIT 1
    ) AS theirs
    WHERE mine.follower_id = $5`,
  hidden: BLOCK_BETWEEN,
};

const blockedUsers: List = {
  name: 'listBlockedUsers',
  rows: 'SELECT blocked_id AS account_id, position FROM social_graph.blocks WHERE blocker_id = part.user_id',
  hidden: 'part.user_id <> $5::bigint',
};

const mutedUsers: List = {
  name: 'listMutedUsers',
  rows: 'SELECT muted_id AS account_id, position, until FROM social_graph.mutes WHERE muter_id = part.user_id',
  hidden: 'part.user_id <> $5::bigint OR coalesce(entry.until <= now(), false)',
};

/** One statement for the parts of any number of lists; each part costs its entries, however long its list is. */
function listStatement({ name, rows, hidden }: List, direction: Direction): Statement {
  const order = direction === 'forward' ? 'DESC' : 'ASC';
  return statement(
    `social-graph.${name}${direction === 'forward' ? '' : 'Backward'}`,
    `SELECT part.number::int AS number, entry.account_id AS "accountId", entry.position, ${hidden} AS "isHidden"
     FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS part (user_id, below, above, number)
     CROSS JOIN LATERAL (
       SELECT * FROM (${rows}) AS list
       WHERE position < part.below AND position > part.above ORDER BY position ${order} LIMIT $4
     ) AS entry
     ORDER BY part.number, entry.position ${order}`,
  );
}

function reader(list: List) {
  const statements = { forward: listStatement(list, 'forward'), backward: listStatement(list, 'backward') };
  return (database: Queryable, viewerId: string | null): ListEntries =>
    async (parts, direction, size) => {
      const rows = await database.query<Entry & { number: number }>(statements[direction], [
        parts.map(({ userId }) => userId),
        parts.map(({ below }) => below),
        parts.map(({ above }) => above),
        size,
        viewerId,
      ]);
      const entries: Entry[][] = parts.map(() => []);
      for (const { number, ...entry } of rows) entries[number - 1]?.push(entry);
      return entries;
    };
}

/** Who follows an account, newest first. */
export const listFollowers = reader(followers);
/** Whom an account follows, newest first. */
export const listFollowing = reader(following);
/** Those of `listFollowers` whom the viewer follows; costs what the viewer follows, not what the account is followed by. */
export const listFollowersYouKnow = reader(followersYouKnow);
/** Whom the viewer blocks, newest first; another's list is all hidden. */
export const listBlockedUsers = reader(blockedUsers);
/** Whom the viewer mutes, newest first; ended mutes are hidden, as is another's list. */
export const listMutedUsers = reader(mutedUsers);
