import type { Event } from '@starling/platform/event-log';
import { z } from 'zod';

/** Where the notifications ask for digests, and put those that were given up. */
export const ASKED_TOPIC = 'notifications.digest';

const id = z.string();

const digestLine = z.object({
  kind: z.enum(['LIKE', 'RETWEET', 'QUOTE', 'REPLY', 'MENTION', 'FOLLOW', 'FOLLOW_REQUEST', 'MILESTONE', 'MODERATION']),
  tweetId: id.nullable(),
  /** When it began, in Unix milliseconds. */
  atMs: z.number(),
  actorIds: z.array(id),
  actorCount: z.number(),
  milestone: z.number().nullable(),
});

/** What a digest tells: a line for each notification, and how many more there are. */
const digestContent = z.object({ lines: z.array(digestLine).min(1), more: z.number() });

const digestDue = digestContent.extend({ digestId: z.uuid(), userId: id, attempt: z.int() });

export type DigestLine = z.infer<typeof digestLine>;
export type DigestContent = z.infer<typeof digestContent>;

/** A digest that somebody is to be sent now. */
export interface AskedDigest {
  readonly id: string;
  readonly userId: string;
  readonly attempt: number;
  readonly askedAt: Date;
  readonly content: DigestContent;
}

/** What the events ask for: of a digest that is asked for several times, the last time counts. */
export function askedBy(events: readonly Event[]): AskedDigest[] {
  const asked = new Map<string, AskedDigest>();
  for (const { name, payload, occurredAt } of events) {
    if (name !== 'digest.due.v1') continue;
    const { digestId, userId, attempt, lines, more } = digestDue.parse(payload);
    asked.set(digestId, { id: digestId, userId, attempt, askedAt: occurredAt, content: { lines, more } });
  }
  return [...asked.values()];
}
