export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly argument?: string };
}

export interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly GraphError[];
}

/** Sends one operation to a running system's address, as whoever the token belongs to. */
export async function send<Data>(
  url: string,
  query: string,
  variables: object = {},
  token?: string | undefined,
  signal?: AbortSignal,
): Promise<Answer<Data>> {
  const response = await fetch(`${url}/graphql`, {
    ...(signal && { signal }),
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer<Data>;
}
