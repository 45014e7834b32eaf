/** What the bench says to the process of its clients, and what that answers. */
export type Order =
  | {
      readonly do: 'open';
      readonly sockets: number;
      readonly url: string;
      readonly payload: object;
    }
  /** From now on events are counted, and the next one is the first. */
  | { readonly do: 'begin' }
  | { readonly do: 'close' };

export type Answer =
  | { readonly did: 'open' }
  | { readonly did: 'begin' }
  | { readonly did: 'close' }
  /** An event has arrived at every socket, the same at each; `text` is how it came, `arrivals` when, in ms since 1970. */
  | { readonly did: 'event'; readonly text: string; readonly arrivals: readonly number[] }
  | { readonly did: 'fail'; readonly why: string };

/** Milliseconds since 1970, finer than a millisecond, the same in every process of this machine. */
export const now = () => performance.timeOrigin + performance.now();
