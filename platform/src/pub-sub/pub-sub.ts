/** Messages to whoever listens now, at most once, in the order of one publisher; who is not there does not hear them. */
export interface PubSub {
  publish(channel: string, message: unknown): Promise<void>;
  /** Resolves once listening: what is published afterwards arrives. `onGap` tells that messages may have been lost. */
  subscribe(channel: string, onMessage: (message: unknown) => void, onGap?: () => void): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}
