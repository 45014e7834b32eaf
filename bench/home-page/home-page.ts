import { isDeepStrictEqual } from 'node:util';

export const PAGE_SIZE = 20;

/**
 * The page that is compared: everything that a client shows of 20 entries and that does not depend on who looks. Cursors
 * are left out, because they are no business of a handler that has no next page.
 */
export const DOCUMENT = `query HomePage($first: Int!) {
  homeTimeline(first: $first) {
    edges {
      retweetedBy { id username }
      node {
        id text createdAt conversationId
        author { id username displayName isVerified isProtected }
        likeCount retweetCount replyCount quoteCount
      }
    }
    pageInfo { hasNextPage }
  }
}`;

export interface Author {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly isVerified: boolean;
  readonly isProtected: boolean;
}

export interface Tweet {
  readonly id: string;
  readonly text: string;
  readonly createdAt: string;
  readonly conversationId: string;
  readonly author: Author;
  readonly likeCount: number;
  readonly retweetCount: number;
  readonly replyCount: number;
  readonly quoteCount: number;
}

export interface Edge {
  readonly retweetedBy: { readonly id: string; readonly username: string } | null;
  readonly node: Tweet;
}

export interface HomePage {
  readonly homeTimeline: { readonly edges: readonly Edge[]; readonly pageInfo: { readonly hasNextPage: boolean } };
}

/** How a contestant is asked for a viewer's page. */
export interface PageRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The beginning of every right answer: told without reading the rest, under load. */
export const ANSWER_BEGINS = '{"data":{"homeTimeline":{"edges":[{';

export function graphqlRequest(accessToken: string): PageRequest {
  return {
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ query: DOCUMENT, operationName: 'HomePage', variables: { first: PAGE_SIZE } }),
  };
}

export async function askGraphql<Data>(
  url: string,
  query: string,
  variables: object,
  accessToken?: string,
): Promise<Data> {
  const authorization = accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` };
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: unknown };
  if (errors !== undefined || data == null) throw new Error(`A wrong answer: ${JSON.stringify(errors)}`);
  return data;
}

async function askPage(url: string, { method, path, headers, body }: PageRequest): Promise<HomePage> {
  const response = await fetch(`${url}${path}`, { method, headers, ...(body !== undefined && { body }) });
  const text = await response.text();
  if (!response.ok || !text.startsWith(ANSWER_BEGINS)) throw new Error(`${response.status}: ${text.slice(0, 500)}`);
  return (JSON.parse(text) as { data: HomePage }).data;
}

/** @throws when a contestant gives a viewer another page than it should. */
export async function checkPages(
  name: string,
  url: string,
  requests: readonly PageRequest[],
  expected: readonly HomePage[],
): Promise<void> {
  for (const [index, request] of requests.entries()) {
    const page = await askPage(url, request);
    if (!isDeepStrictEqual(page, expected[index])) {
      throw new Error(
        `${name} answers viewer ${index} with\n${JSON.stringify(page)}\ninstead of\n${JSON.stringify(expected[index])}`,
      );
    }
  }
}
