import { type Queryable, type Statement, statement } from '@starling/platform/postgres';
import { type Facts, hiding } from '@starling/visibility';

/** An account in a list, or one of the lists of an account. The larger position is the newer one. */
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

type Order = 'DESC' | 'ASC';

interface List {
  readonly name: string;
  /** At most $4 rows of `account_id` and `position` (and of what `hidden` needs) of the stretch `part`, in this order. */
  readonly rows: (order: Order) => string;
  /** Whether `entry` is hidden from the viewer, who is $5. */
  readonly hidden: string;
}

/**
 * A stretch of a table in the order of its index (owner, position). Both ends are row comparisons on purpose: together
 * they say `owner = part.user_id`, but leave the planner believing in many rows, so that it walks the index in order and
 * stops at the limit. Told the owner it expects a few, and may read and sort them all: for some accounts, millions.
 */
function stretch(table: string, owner: string, account: string, more = ''): List['rows'] {
  return (order) => `
    SELECT ${account} AS account_id, position ${more} FROM social_graph.${table}
    WHERE (${owner}, position) < (part.user_id, part.below) AND (${owner}, position) > (part.user_id, part.above)
    ORDER BY ${owner} ${order}, position ${order} LIMIT $4`;
}

// Scalar subqueries are probes of the primary key, one per entry. Signed out, $5 is null and nobody is hidden. Accounts are
// neither deleted, nor do they say anything: what hides them from a circle is among these, or composing this fails.
const FACTS: Partial<Record<keyof Facts, string>> = {
  isDeleted: 'false',
  isBlocked: `
    (SELECT true FROM social_graph.blocks WHERE blocker_id = $5 AND blocked_id = entry.account_id) IS NOT NULL
    OR (SELECT true FROM social_graph.blocks WHERE blocker_id = entry.account_id AND blocked_id = $5) IS NOT NULL`,
};

const HIDDEN_FROM_A_CIRCLE = hiding('circle')
  .map((fact) => {
    const expression = FACTS[fact];
    if (expression === undefined) throw new Error(`Nobody here knows of an account in a list whether ${fact}.`);
    return `(${expression})`;
  })
  .join(' OR ');

const followers: List = {
  name: 'listFollowers',
  rows: stretch('follows', 'followee_id', 'follower_id'),
  hidden: HIDDEN_FROM_A_CIRCLE,
};

const following: List = {
  name: 'listFollowing',
  rows: stretch('follows', 'follower_id', 'followee_id'),
  hidden: HIDDEN_FROM_A_CIRCLE,
};

// Walks those whom the viewer follows, who are few, and asks the primary key about each; the inner LIMIT keeps the planner
// from walking all followers of the account instead, and a range of one account from walking them for each of the few.
const followersYouKnow: List = {
  name: 'listFollowersYouKnow',
  rows: (order) => `
    SELECT mine.followee_id AS account_id, theirs.position
    FROM social_graph.follows AS mine
    CROSS JOIN LATERAL (
      SELECT position FROM social_graph.follows
      WHERE follower_id = mine.followee_id AND followee_id BETWEEN part.user_id AND part.user_id LIMIT 1
    ) AS theirs
    WHERE mine.follower_id = $5 AND theirs.position < part.below AND theirs.position > part.above
    ORDER BY theirs.position ${order} LIMIT $4`,
  hidden: HIDDEN_FROM_A_CIRCLE,
};

const blockedUsers: List = {
  name: 'listBlockedUsers',
  rows: stretch('blocks', 'blocker_id', 'blocked_id'),
  hidden: 'part.user_id <> $5::bigint',
};

const followRequests: List = {
  name: 'listFollowRequests',
  rows: stretch('follow_requests', 'followee_id', 'follower_id'),
  hidden: 'part.user_id <> $5::bigint',
};

const mutedUsers: List = {
  name: 'listMutedUsers',
  rows: stretch('mutes', 'muter_id', 'muted_id', ', until'),
  hidden: 'part.user_id <> $5::bigint OR coalesce(entry.until <= now(), false)',
};

// Whether the list itself is to be seen is asked when it is looked up.
const listMembers: List = {
  name: 'listListMembers',
  rows: stretch('list_members', 'list_id', 'user_id'),
  hidden: HIDDEN_FROM_A_CIRCLE,
};

const ownLists: List = {
  name: 'listLists',
  rows: (order) => `
    SELECT id AS account_id, id AS position, is_private FROM social_graph.lists
    WHERE (owner_id, id) < (part.user_id, part.below) AND (owner_id, id) > (part.user_id, part.above)
    ORDER BY owner_id ${order}, id ${order} LIMIT $4`,
  hidden: 'entry.is_private AND part.user_id IS DISTINCT FROM $5::bigint',
};

/** One statement for the parts of any number of lists; each part costs its entries, however long its list is. */
function listStatement({ name, rows, hidden }: List, direction: Direction): Statement {
  const order = direction === 'forward' ? 'DESC' : 'ASC';
  return statement(
    `social-graph.${name}${direction === 'forward' ? '' : 'Backward'}`,
    `SELECT part.number::int AS number, entry.account_id AS "accountId", entry.position, ${hidden} AS "isHidden"
     FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS part (user_id, below, above, number)
     CROSS JOIN LATERAL (${rows(order)}) AS entry
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
/** Who asks to follow the viewer, newest first; another's list is all hidden. */
export const listFollowRequests = reader(followRequests);
/** Whom the viewer mutes, newest first; ended mutes are hidden, as is another's list. */
export const listMutedUsers = reader(mutedUsers);
/** Who is in a list that somebody has made, added last first; the part's account is the list. */
export const listMembersOfList = reader(listMembers);
/** The lists that an account has made, newest first; each entry's account is a list. Private ones are hidden from others. */
export const listListsOf = reader(ownLists);
