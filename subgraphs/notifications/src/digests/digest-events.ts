import { type Event, eventType, makeEvent, type NewEvent } from '@starling/platform/event-log';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';

/** Where digests are asked for, and where those go that were given up. Keyed by the account's id. */
export const ASKED_TOPIC = 'notifications.digest';
/** Where it is told what has become of them. */
export const ANSWERED_TOPIC = 'users.digest';

const id = z.string();
const key = z.object({ userId: id, digestId: id });

const line = z.object({
  kind: z.string(),
  tweetId: id.nullable(),
  atMs: z.int(),
  actorIds: z.array(id),
  actorCount: z.int(),
  milestone: z.int().nullable(),
});

/** Somebody is to be sent this by email: lines for the newest notifications, and how many there are besides. */
const digestDue = eventType(
  ASKED_TOPIC,
  'digest.due.v1',
  key.extend({ attempt: z.int(), lines: z.array(line), more: z.int() }),
);

export const due = (digest: z.infer<typeof digestDue.payload>): NewEvent => makeEvent(digestDue, digest.userId, digest);

/** A digest that was sent in vain too often, as an event that a replay brings back. */
export const givenUp = (digest: z.infer<typeof key>): Event => ({
  id: uuidv7(),
  topic: ASKED_TOPIC,
  name: 'digest.given-up.v1',
  key: digest.userId,
  payload: { userId: digest.userId, digestId: digest.digestId },
  occurredAt: new Date(),
});

const answers = {
  'digest.sent.v1': key,
  'digest.failed.v1': key.extend({
    attempt: z.int(),
    until: z.enum(['LATER', 'NEVER', 'NOBODY', 'UNCONFIRMED']),
    why: z.string(),
  }),
  'digest.given-up.v1': key,
} as const;

type Answers = { readonly [Name in keyof typeof answers]: z.infer<(typeof answers)[Name]> };

/** What has become of a digest; or that it is to be tried once more. */
export type Answer = {
  [Name in keyof Answers]: { readonly name: Name; readonly payload: Answers[Name] };
}[keyof Answers];

/** Undefined for an event that answers nothing. */
export function understandAnswer({ name, payload }: Event): Answer | undefined {
  if (!Object.hasOwn(answers, name)) return undefined;
  const known = name as keyof Answers;
  return { name: known, payload: answers[known].parse(payload) } as Answer;
}
