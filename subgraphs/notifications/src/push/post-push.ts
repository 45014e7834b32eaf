import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { ForbiddenAddressError, lookUpPublic, mistakeInEndpoint, type PushAddresses } from './push-addresses.ts';

const PATIENCE_MS = 10_000;

/** A message as a push service takes it. */
export interface PushRequest {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: Buffer;
}

/**
 * Posts a message, and answers the status. Redirects are not followed, and nothing of the answer's body is read.
 *
 * @throws ForbiddenAddressError when the endpoint is not on the internet, and it has to be.
 */
export async function postPush({ endpoint, headers, body }: PushRequest, addresses: PushAddresses): Promise<number> {
  const url = new URL(endpoint);
  const mistake = mistakeInEndpoint(url, addresses);
  if (mistake) throw new ForbiddenAddressError(mistake);
  const send = url.protocol === 'http:' ? httpRequest : httpsRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      headers,
      agent: false,
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(addresses === 'public' && { lookup: lookUpPublic }),
    });
    request.on('response', (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    request.on('error', reject);
    request.end(body);
  });
}
