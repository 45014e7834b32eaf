import { graphqlRequest, type PageRequest } from './home-page.ts';
import { logIn, type Viewer } from './viewers.ts';

/** A token lasts ten minutes, and a bench may take longer. */
const RENEWED_AFTER_MS = 5 * 60 * 1_000;

export interface LoggedIn {
  /** One for each viewer; others stand here once tokens have been renewed. */
  readonly requests: readonly PageRequest[];
  /** Logs everybody in anew, when that was some time ago: tokens are good for minutes from here on. */
  renew(): Promise<void>;
}

/** @param viewers - who have just logged in. */
export function loggedIn(url: string, viewers: readonly Viewer[], password: string): LoggedIn {
  const requests = viewers.map(({ accessToken }) => graphqlRequest(accessToken));
  let renewedAt = performance.now();
  return {
    requests,
    async renew() {
      if (performance.now() < renewedAt + RENEWED_AFTER_MS) return;
      renewedAt = performance.now();
      for (const [place, { username }] of viewers.entries()) {
        requests[place] = graphqlRequest(await logIn(url, username, password));
      }
    },
  };
}
