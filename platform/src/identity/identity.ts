import type { Moment } from '../event-log/moment.ts';

/** Who acts. Verified once, by the gateway; a subgraph believes it because of how it arrives, never because of a client. */
export interface Viewer {
  readonly userId: string;
  readonly sessionId: string;
  readonly role: 'USER' | 'MODERATOR' | 'ADMIN';
}

export interface Identity {
  /** Null when signed out. */
  readonly viewer: Viewer | null;
  readonly requestId: string;
  /** The beginning of the request, for subgraphs that are asked in this process; of one that is asked alone when there is none. */
  readonly asOf?: Moment;
}

export function signedOut(requestId: string): Identity {
  return { viewer: null, requestId };
}
