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

/** Reads a list to its true end, and fails on a page that is short before the end. */
export async function readAll<Edge>(
  size: number,
  page: (after: string | null) => Promise<Connection<Edge>>,
): Promise<Edge[]> {
  const edges: Edge[] = [];
  let after: string | null = null;
  for (;;) {
    const connection: Connection<Edge> = await page(after);
    edges.push(...connection.edges);
    if (!connection.pageInfo.hasNextPage) return edges;
    if (connection.edges.length !== size) {
      throw new Error(`a page of ${connection.edges.length} instead of ${size} before the end of the list`);
    }
    after = connection.pageInfo.endCursor;
  }
}

interface HomeEdge {
  readonly node: { readonly id: string } | null;
  readonly retweetedBy: { readonly id: string } | null;
}

const HOME_EDGES = `edges { node { id } retweetedBy { id } } ${PAGE_INFO}`;

export async function readHome(person: Person, size: number): Promise<HomeEdge[]> {
  return readAll(size, async (after) => {
    const document = `query ($first: Int, $after: String) { homeTimeline(first: $first, after: $after) { ${HOME_EDGES} } }`;
    const data = await person.ask<{ homeTimeline: Connection<HomeEdge> }>(document, { first: size, after });
    return data.homeTimeline;
  });
}

/** The same list from its end to its beginning, put into reading order. */
export async function readHomeBackwards(person: Person, size: number): Promise<HomeEdge[]> {
  const pages: HomeEdge[] = [];
  let before: string | null = null;
  for (;;) {
    const document: string = `query ($last: Int, $before: String) { homeTimeline(last: $last, before: $before) { ${HOME_EDGES} } }`;
    const data: { homeTimeline: Connection<HomeEdge> } = await person.ask(document, { last: size, before });
    pages.unshift(...data.homeTimeline.edges);
    if (!data.homeTimeline.pageInfo.hasPreviousPage) return pages;
    before = data.homeTimeline.pageInfo.startCursor;
  }
}

export interface ProfileEdge {
  readonly node: { readonly id: string } | null;
  readonly isRetweet: boolean;
  readonly isPinned: boolean;
}

export async function readProfile(person: Person, userId: string, size: number): Promise<ProfileEdge[]> {
  return readAll(size, async (after) => {
    const document = `query ($id: ID!, $first: Int, $after: String) {
      user(id: $id) { timeline(first: $first, after: $after) { edges { isRetweet isPinned node { id } } ${PAGE_INFO} } }
    }`;
    const data = await person.ask<{ user: { timeline: Connection<ProfileEdge> } }>(document, {
      id: userId,
      first: size,
      after,
    });
    return data.user.timeline;
  });
}

interface UserEdge {
  readonly node: { readonly id: string } | null;
}

/** Who is in `followers` or `following` of an account, as ids. */
export async function readPeople(
  person: Person,
  userId: string,
  list: 'followers' | 'following',
  size: number,
): Promise<(string | undefined)[]> {
  const edges = await readAll(size, async (after) => {
    const document = `query ($id: ID!, $first: Int, $after: String) {
      user(id: $id) { list: ${list}(first: $first, after: $after) { edges { node { id } } ${PAGE_INFO} } }
    }`;
    const data = await person.ask<{ user: { list: Connection<UserEdge> } }>(document, {
      id: userId,
      first: size,
      after,
    });
    return data.user.list;
  });
  return edges.map(({ node }) => node?.id);
}

/** Who liked or retweeted a tweet, or what quotes it, as ids. */
export async function readEngaged(
  person: Person,
  tweetId: string,
  list: 'likedBy' | 'retweetedBy' | 'quotes',
  size: number,
): Promise<(string | undefined)[]> {
  const edges = await readAll(size, async (after) => {
    const document = `query ($id: ID!, $first: Int, $after: String) {
      tweet(id: $id) { list: ${list}(first: $first, after: $after) { edges { node { id } } ${PAGE_INFO} } }
    }`;
    const data = await person.ask<{ tweet: { list: Connection<UserEdge> } }>(document, {
      id: tweetId,
      first: size,
      after,
    });
    return data.tweet.list;
  });
  return edges.map(({ node }) => node?.id);
}

/** What the person has bookmarked, as ids. */
export async function readBookmarks(person: Person, size: number): Promise<(string | undefined)[]> {
  const edges = await readAll(size, async (after) => {
    const document = `query ($first: Int, $after: String) {
      bookmarks(first: $first, after: $after) { edges { node { id } } ${PAGE_INFO} }
    }`;
    const data = await person.ask<{ bookmarks: Connection<UserEdge> }>(document, { first: size, after });
    return data.bookmarks;
  });
  return edges.map(({ node }) => node?.id);
}

/** What an account likes, as ids. */
export async function readLiked(person: Person, userId: string, size: number): Promise<(string | undefined)[]> {
  const edges = await readAll(size, async (after) => {
    const document = `query ($id: ID!, $first: Int, $after: String) {
      user(id: $id) { likes(first: $first, after: $after) { edges { node { id } } ${PAGE_INFO} } }
    }`;
    const data = await person.ask<{ user: { likes: Connection<UserEdge> } }>(document, {
      id: userId,
      first: size,
      after,
    });
    return data.user.likes;
  });
  return edges.map(({ node }) => node?.id);
}

type SeenPlace = { readonly id: string } | { readonly reason: string; readonly tweetId: string };

/** What stands above a tweet, the root first, and what answers it directly. */
export async function readConversation(
  person: Person,
  tweetId: string,
  size: number,
): Promise<{ ancestors: readonly SeenPlace[]; answers: (string | undefined)[] }> {
  let ancestors: readonly SeenPlace[] = [];
  const edges = await readAll(size, async (after) => {
    const document = `query ($id: ID!, $first: Int, $after: String) {
      conversation(tweetId: $id) {
        ancestors { ... on Tweet { id } ... on TweetTombstone { reason tweetId } }
        replies(first: $first, after: $after) { edges { node { id } } ${PAGE_INFO} }
      }
    }`;
    const data = await person.ask<{
      conversation: { ancestors: readonly SeenPlace[]; replies: Connection<UserEdge> };
    }>(document, { id: tweetId, first: size, after });
    ancestors = data.conversation.ancestors;
    return data.conversation.replies;
  });
  return { ancestors, answers: edges.map(({ node }) => node?.id) };
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
  direction: 'forwards' | 'backwards',
): Promise<{ nodes: SeenNotification[]; unreadCounts: number[] }> {
  const isForwards = direction === 'forwards';
  const document = `query ($size: Int, $cursor: String) {
    notifications(${isForwards ? 'first: $size, after: $cursor' : 'last: $size, before: $cursor'}) {
      unreadCount ${PAGE_INFO}
      edges { node { id kind createdAt updatedAt isRead actorCount tweet { id } sampleActors { id } } }
    }
  }`;
  const pages: NotificationPage[] = [];
  let cursor: string | null = null;
  for (;;) {
    const data: { notifications: NotificationPage } = await person.ask(document, { size, cursor });
    const { pageInfo, edges } = data.notifications;
    pages.push(data.notifications);
    if (!(isForwards ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) break;
    if (edges.length !== size) throw new Error(`a page of ${edges.length} notifications instead of ${size}`);
    cursor = isForwards ? pageInfo.endCursor : pageInfo.startCursor;
  }
  const ordered = isForwards ? pages : pages.reverse();
  return {
    nodes: ordered.flatMap(({ edges }) => edges.map(({ node }) => node)),
    unreadCounts: pages.map(({ unreadCount }) => unreadCount),
  };
}
