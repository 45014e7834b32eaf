import type { DemoLogin } from './demo/ensure-demo-community.ts';

/** What a start ends with on standard output: how to log in, a query to paste, where mails go, and last the line that says it is ready. */
export function greeting(url: string, login: DemoLogin | undefined, whereMailsGo: string): string {
  const lines = login
    ? demoLines(url, login)
    : [`A first query for ${url}/explorer: { __schema { queryType { name } } }`];
  return `${[...lines, `Mails go to ${whereMailsGo}`, `Starling is ready at ${url}`].join('\n')}\n`;
}

function demoLines(url: string, { username, password }: DemoLogin): string[] {
  const input = `{ login: ${JSON.stringify(username)}, password: ${JSON.stringify(password)} }`;
  return [
    `demo login: ${username} / ${password}`,
    `A first query for ${url}/explorer (in a browser), without logging in:`,
    `  { userByUsername(username: "${username}") { displayName timeline(first: 5) { nodes { text createdAt } } } }`,
    'Logging in gives an access token; send it as the header "Authorization: Bearer <accessToken>":',
    `  mutation { logIn(input: ${input}) { tokens { accessToken } } }`,
    '  { homeTimeline(first: 10) { nodes { text author { username } likeCount } } }',
  ];
}
