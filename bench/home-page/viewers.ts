import { askGraphql, type Edge, type HomePage, PAGE_SIZE } from './home-page.ts';

export interface Viewer {
  readonly username: string;
  readonly accessToken: string;
  /** The newest entries of the home, as the graph tells them page after page: what Redis is filled with. */
  readonly home: readonly Edge[];
}

/** As many entries as a cached home holds at most in systems like this one. */
const KEPT_ENTRIES = 800;

const LOG_IN = `mutation ($input: LogInInput!) { logIn(input: $input) { tokens { accessToken } userErrors { code } } }`;

const HOME = `query ($after: String) {
  homeTimeline(first: 100, after: $after) {
    edges {
      retweetedBy { id username }
      node {
        id text createdAt conversationId
        author { id username displayName isVerified isProtected }
        likeCount retweetCount replyCount quoteCount
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface HomeAnswer {
  readonly homeTimeline: {
    readonly edges: Edge[];
    readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

/** @returns an access token. */
export async function logIn(url: string, username: string, password: string): Promise<string> {
  const input = { login: username, password };
  const { logIn } = await askGraphql<{ logIn: { tokens: { accessToken: string } | null } }>(url, LOG_IN, { input });
  if (!logIn.tokens) throw new Error(`${username} cannot log in: the data was imported with another password.`);
  return logIn.tokens.accessToken;
}

async function readHome(url: string, accessToken: string): Promise<Edge[]> {
  const edges: Edge[] = [];
  let after: string | null = null;
  do {
    const answer: HomeAnswer = await askGraphql(url, HOME, { after }, accessToken);
    edges.push(...answer.homeTimeline.edges);
    after = answer.homeTimeline.pageInfo.hasNextPage ? answer.homeTimeline.pageInfo.endCursor : null;
  } while (after !== null && edges.length < KEPT_ENTRIES);
  return edges;
}

/** Those of the accounts whose home fills a page, logged in. */
export async function findViewers(url: string, usernames: readonly string[], password: string): Promise<Viewer[]> {
  const viewers: Viewer[] = [];
  for (const username of usernames) {
    const accessToken = await logIn(url, username, password);
    const home = await readHome(url, accessToken);
    if (home.length > PAGE_SIZE) viewers.push({ username, accessToken, home });
  }
  if (viewers.length === 0) throw new Error('No account has a home that fills a page.');
  return viewers;
}

/** The page that every contestant has to answer with. */
export function expectedPage({ home }: Viewer): HomePage {
  return {
    homeTimeline: { edges: home.slice(0, PAGE_SIZE), pageInfo: { hasNextPage: home.length > PAGE_SIZE } },
  };
}
