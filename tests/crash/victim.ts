export const KINDS = [
  'gateway',
  'users',
  'tweets',
  'social-graph',
  'timeline',
  'notifications',
  'worker',
  'relay',
  'PostgreSQL',
  'PostgreSQL session',
  'Redis',
  'Kafka',
] as const;

/** A kind of process that may be struck. */
export type Kind = (typeof KINDS)[number];

/** A process, or a role that one of several has at any time, that may be struck. */
export interface Victim {
  readonly kind: Kind;
  readonly name: string;
  /**
   * Ends it as `kill -9` does, and sees to its coming back: what the product does not look after itself is started again
   * `downMs` later. Answers who was struck; undefined when there was nobody to strike at this moment.
   */
  strike(downMs: number): Promise<string | undefined>;
  /** Resolves once it runs again, and at once while it does. Rejects when it cannot be brought back. */
  back(): Promise<void>;
}

/** The life of something that is struck and started again, one after the other. */
export function comeback() {
  let returning: Promise<void> | undefined;
  return {
    isDown: () => returning !== undefined,
    /** `again` is under way until it resolves; when it fails, it stays down and everybody who waits is told. */
    begin(again: () => Promise<void>): void {
      const attempt = again().then(() => {
        returning = undefined;
      });
      attempt.catch(() => {
        // Told to who waits for it.
      });
      returning = attempt;
    },
    back: async () => returning,
  };
}
