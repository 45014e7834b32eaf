/* GraphiQL on this gateway: queries and mutations over HTTP, subscriptions over WebSocket, both as the viewer of the
   `authorization` header below the editor. Everything it loads comes from this server. */
(() => {
  const { React, ReactDOM, GraphiQL, graphqlWs } = window;
  const endpoint = new URL('/graphql', window.location.href);
  const socketEndpoint = endpoint.href.replace(/^http/, 'ws');

  /** One connection per identity: a viewer is known at connect. */
  let live;
  function liveClient(authorization) {
    if (live?.authorization !== authorization) {
      live?.client.dispose();
      const connectionParams = authorization ? { authorization } : {};
      live = { authorization, client: graphqlWs.createClient({ url: socketEndpoint, connectionParams, lazy: true }) };
    }
    return live.client;
  }

  function authorizationOf(headers) {
    const entry = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'authorization');
    return entry?.[1] || undefined;
  }

  function isSubscription(documentAST, operationName) {
    const operations = (documentAST?.definitions ?? []).filter(({ kind }) => kind === 'OperationDefinition');
    const chosen = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
    return chosen?.operation === 'subscription';
  }

  async function fetcher(params, { headers, documentAST } = {}) {
    if (isSubscription(documentAST, params.operationName)) return liveClient(authorizationOf(headers)).iterate(params);
    const given = Object.fromEntries(Object.entries(headers ?? {}).filter(([, value]) => value !== ''));
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { ...given, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(params),
    });
    return response.json();
  }

  const defaultQuery = `# Log in, and put the access token into the Headers tab below:
# { "authorization": "Bearer <accessToken>" }
mutation LogIn {
  logIn(input: { login: "", password: "" }) {
    tokens { accessToken }
    userErrors { code message }
  }
}

query Home {
  homeTimeline(first: 10) {
    edges { node { id text author { username } likeCount } retweetedBy { username } }
    pageInfo { hasNextPage endCursor }
  }
}

subscription Live {
  homeTimelineUpdates {
    __typename
    ... on TweetAdded { cursor tweet { text author { username } } retweetedBy { username } }
    ... on TweetRemoved { cursor tweetId }
  }
}
`;

  ReactDOM.createRoot(document.getElementById('explorer')).render(
    React.createElement(GraphiQL, {
      fetcher,
      defaultQuery,
      defaultHeaders: '{ "authorization": "" }',
      defaultEditorToolsVisibility: 'headers',
      isHeadersEditorEnabled: true,
      shouldPersistHeaders: false,
    }),
  );
})();
