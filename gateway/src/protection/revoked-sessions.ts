import type { EventLog, RunningConsumer } from '@starling/platform/event-log';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';

/** The longest that an access token may be good for: older ones are refused, whatever they say. */
export const MAX_TOKEN_SECONDS = 3_600;

/** A session is remembered as ended until no token of it can be good any more. */
const REMEMBERED_MS = (MAX_TOKEN_SECONDS + 60) * 1_000;
const MAX_REMEMBERED = 1_000_000;

/** The longest that somebody waits to hear. */
const PATIENCE_MS = 2_000;

const sessionRevoked = z.object({ sessionId: z.string() });

/** Sessions that ended while tokens of theirs are still good. */
export interface RevokedSessions {
  has(sessionId: string): boolean;
  /** Calls back as a session ends. */
  onRevoked(listener: (sessionId: string) => void): void;
  /** Resolves once every session that ended before the call is known here, and rejects when that takes too long. */
  caughtUp(): Promise<void>;
  /** The same for once: rejects as long as a session that ended before this process began may not be known. */
  caughtUpOnce(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Hears of ended sessions from the event log: those from now on, and those of the time for which tokens are good, so that a
 * gateway that was restarted, or cut off from the log, refuses what the others refuse. Without a log there is nothing to hear.
 */
export async function hearOfRevokedSessions(eventLog: EventLog | undefined): Promise<RevokedSessions> {
  const revoked = new LRUCache<string, true>({ max: MAX_REMEMBERED, ttl: REMEMBERED_MS });
  const listeners = new Set<(sessionId: string) => void>();
  const consumer: RunningConsumer | undefined = await eventLog?.consume({
    group: 'gateway.revoked-sessions',
    topics: ['users.session'],
    offset: 'memory',
    lookBackMs: REMEMBERED_MS,
    async handle(events) {
      for (const { name, payload } of events) {
        if (name !== 'session.revoked.v1') continue;
        const { sessionId } = sessionRevoked.parse(payload);
        revoked.set(sessionId, true);
        for (const listener of listeners) listener(sessionId);
      }
    },
  });
  const caughtUp = async () => consumer && withPatience(consumer.caughtUp());
  let known = false;
  return {
    has: (sessionId) => revoked.has(sessionId),
    onRevoked: (listener) => void listeners.add(listener),
    caughtUp,
    async caughtUpOnce() {
      if (!known) await caughtUp();
      known = true;
    },
    stop: async () => consumer?.stop(),
  };
}

function withPatience(heard: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const impatience = setTimeout(() => reject(new Error(`Nothing heard for ${PATIENCE_MS} ms.`)), PATIENCE_MS);
    heard.then(resolve, reject).finally(() => clearTimeout(impatience));
  });
}
