/** A person at a client: sends operations with their own token and fails on any top-level error. */
export interface Person {
  readonly id: string;
  readonly username: string;
  ask<Data>(document: string, variables?: object): Promise<Data>;
}

interface Connection<Edge> {
  readonly edges: readonly Edge[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const PAGE_INFO = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

export type Direction = 'forwards' | 'backwards';

/** A list of the graph, and what is selected of its edges. */
export interface Listed {
  readonly field: string;
  /** Further arguments, as a query has them. */
  readonly more?: string;
  /** `node { id }` when not given. */
  readonly selection?: string;
}

/** Whose lists: null for those that are fields of the query itself. */
export type Of = readonly [type: 'user' | 'tweet' | 'list', id: string] | null;

/** Long lists are read from their ends or from their beginnings, as the size of a page happens to be. */
const directionFor = (size: number): Direction => (size % 2 === 0 ? 'backwards' : 'forwards');

/**
 * Reads a list to its true end, and fails on a page that is short before that, or empty although the list went on. Its pages in
 * reading order, whichever way they were read. `first`: the first of them, where it is there already.
 */
export async function readAll<Page extends Connection<unknown>>(
  size: number,
  direction: Direction,
  page: (cursor: string | null) => Promise<Page>,
  first?: Page,
): Promise<Page[]> {
  const isForwards = direction === 'forwards';
  const pages: Page[] = [];
  let one = first ?? (await page(null));
  for (;;) {
    pages.push(one);
    const { edges, pageInfo } = one;
    const goesOn = isForwards ? pageInfo.hasNextPage : pageInfo.hasPreviousPage;
    if (goesOn ? edges.length !== size : edges.length > size || (edges.length === 0 && pages.length > 1)) {
      throw new Error(`a page of ${edges.length} instead of ${size} ${goesOn ? 'before' : 'at'} the end of the list`);
    }
    if (!goesOn) return isForwards ? pages : pages.reverse();
    one = await page(isForwards ? pageInfo.endCursor : pageInfo.startCursor);
  }
}

const argumentsFor = (direction: Direction) =>
  direction === 'forwards' ? 'first: $size, after: $cursor' : 'last: $size, before: $cursor';

/** One page of each list, in one request. Where there are several, they are at their beginnings: cursors belong to one list. */
async function readPages<Name extends string, Edge>(
  person: Person,
  of: Of,
  lists: Readonly<Record<Name, Listed>>,
  { size, cursor, direction }: { readonly size: number; readonly cursor: string | null; readonly direction: Direction },
): Promise<Record<Name, Connection<Edge>>> {
  const fields = Object.entries<Listed>(lists).map(
    ([name, { field, more = '', selection = 'node { id }' }]) =>
      `${name}: ${field}(${argumentsFor(direction)} ${more}) { edges { ${selection} } ${PAGE_INFO} }`,
  );
  const asked = fields.join(' ');
  type Pages = Record<Name, Connection<Edge>>;
  if (!of) return person.ask<Pages>(`query ($size: Int, $cursor: String) { ${asked} }`, { size, cursor });
  const [type, id] = of;
  const document = `query ($id: ID!, $size: Int, $cursor: String) { thing: ${type}(id: $id) { ${asked} } }`;
  const { thing } = await person.ask<{ readonly thing: Pages | null }>(document, { id, size, cursor });
  if (!thing) throw new Error(`${person.username} does not see the ${type} ${id}, whose lists they read`);
  return thing;
}

/** Lists of one thing, each to its end, with what is selected of their edges. */
export async function readLists<Name extends string, Edge = SeenEdge>(
  person: Person,
  of: Of,
  lists: Readonly<Record<Name, Listed>>,
  size: number,
  direction: Direction = directionFor(size),
): Promise<Record<Name, Edge[]>> {
  const firsts = await readPages<Name, Edge>(person, of, lists, { size, cursor: null, direction });
  const read = Object.entries<Listed>(lists).map(async ([key, listed]) => {
    const name = key as Name;
    const page = async (cursor: string | null) =>
      (await readPages<'list', Edge>(person, of, { list: listed }, { size, cursor, direction })).list;
    const pages = await readAll(size, direction, page, firsts[name]);
    return [name, pages.flatMap(({ edges }) => edges)] as const;
  });
  return Object.fromEntries(await Promise.all(read)) as Record<Name, Edge[]>;
}

export interface SeenEdge {
  readonly node: { readonly id: string } | null;
  /** Where they are selected. */
  readonly retweetedBy?: { readonly id: string } | null;
  readonly isRetweet?: boolean;
  readonly isPinned?: boolean;
}

export const idsOf = (edges: readonly SeenEdge[]) => edges.map(({ node }) => node?.id);

export const PROFILE_TABS = ['TWEETS', 'TWEETS_AND_REPLIES', 'MEDIA'] as const;
export type ProfileTab = (typeof PROFILE_TABS)[number];

export interface SeenList {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly memberCount: number;
  readonly owner: { readonly id: string } | null;
}

const LIST = 'id name isPrivate memberCount owner { id }';

/** The lists that an account has made. */
export async function readListsOf(person: Person, userId: string, size: number): Promise<(SeenList | null)[]> {
  const made: Listed = { field: 'lists', selection: `node { ${LIST} }` };
  type Edge = { readonly node: SeenList | null };
  const lists = await readLists<'made', Edge>(person, ['user', userId], { made }, size);
  return lists.made.map(({ node }) => node);
}

/** A list by its id, as this person sees it: null when they may not. */
export async function readList(person: Person, id: string): Promise<SeenList | null> {
  const { list } = await person.ask<{ list: SeenList | null }>(`query ($id: ID!) { list(id: $id) { ${LIST} } }`, {
    id,
  });
  return list;
}

type SeenPlace = { readonly id: string } | { readonly reason: string; readonly tweetId: string };

/** What stands above a tweet, the root first, and what answers it directly. */
export async function readConversation(
  person: Person,
  tweetId: string,
  size: number,
): Promise<{ ancestors: readonly SeenPlace[]; answers: (string | undefined)[] }> {
  let ancestors: readonly SeenPlace[] = [];
  const pages = await readAll(size, 'forwards', async (after) => {
    const document = `query ($id: ID!, $first: Int, $after: String) {
      conversation(tweetId: $id) {
        ancestors { ... on Tweet { id } ... on TweetTombstone { reason tweetId } }
        replies(first: $first, after: $after) { edges { node { id } } ${PAGE_INFO} }
      }
    }`;
    const data = await person.ask<{
      conversation: { ancestors: readonly SeenPlace[]; replies: Connection<SeenEdge> };
    }>(document, { id: tweetId, first: size, after });
    ancestors = data.conversation.ancestors;
    return data.conversation.replies;
  });
  return { ancestors, answers: pages.flatMap(({ edges }) => idsOf(edges)) };
}

export interface SeenTweet {
  readonly id: string;
  readonly text: string;
  readonly author: { readonly id: string } | null;
  readonly likeCount: number;
  readonly retweetCount: number;
  readonly bookmarkCount: number;
  readonly replyCount: number;
  readonly quoteCount: number;
  readonly replyTo: { readonly __typename: string; readonly reason?: string } | null;
  readonly quoted: { readonly __typename: string; readonly reason?: string } | null;
  readonly viewer: {
    readonly hasLiked: boolean;
    readonly hasRetweeted: boolean;
    readonly hasBookmarked: boolean;
    readonly isAuthor: boolean;
  };
}

/** Tweets by id, as this person sees them: null for what they may not. */
export async function readTweets(person: Person, ids: readonly string[]): Promise<(SeenTweet | null)[]> {
  const document = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Tweet {
    id text author { id } likeCount retweetCount replyCount quoteCount bookmarkCount
    replyTo { __typename ... on TweetTombstone { reason } } quoted { __typename ... on TweetTombstone { reason } }
    viewer { hasLiked hasRetweeted hasBookmarked isAuthor }
  } } }`;
  const found: (SeenTweet | null)[] = [];
  for (let start = 0; start < ids.length; start += 100) {
    const data = await person.ask<{ nodes: (SeenTweet | null)[] }>(document, { ids: ids.slice(start, start + 100) });
    found.push(...data.nodes);
  }
  return found;
}

export interface SeenNotification {
  readonly id: string;
  readonly kind: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly isRead: boolean;
  readonly actorCount: number;
  readonly tweet: { readonly id: string } | null;
  readonly sampleActors: readonly { readonly id: string }[];
}

interface NotificationPage extends Connection<{ readonly node: SeenNotification }> {
  readonly unreadCount: number;
}

/** What somebody is told of, to the end of the list, in reading order; and how much is unread by each of the pages. */
export async function readNotifications(
  person: Person,
  size: number,
  direction: Direction,
): Promise<{ nodes: SeenNotification[]; unreadCounts: number[] }> {
  const document = `query ($size: Int, $cursor: String) { notifications(${argumentsFor(direction)}) {
    unreadCount ${PAGE_INFO}
    edges { node { id kind createdAt updatedAt isRead actorCount tweet { id } sampleActors { id } } }
  } }`;
  const pages = await readAll(size, direction, async (cursor) => {
    const data = await person.ask<{ notifications: NotificationPage }>(document, { size, cursor });
    return data.notifications;
  });
  return {
    nodes: pages.flatMap(({ edges }) => edges.map(({ node }) => node)),
    unreadCounts: pages.map(({ unreadCount }) => unreadCount),
  };
}
