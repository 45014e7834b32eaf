import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';

/** An event type as its publisher declares it: name with version in the past tense, topic, and the shape of its payload. */
export interface EventType<Payload> {
  /** Such as `tweet.posted.v1`. */
  readonly name: string;
  /** Such as `tweets.tweet`: one publisher, one kind of aggregate. */
  readonly topic: string;
  readonly payload: z.ZodType<Payload>;
}

/** An event on its way into the outbox. */
export interface NewEvent {
  readonly id: string;
  readonly topic: string;
  readonly name: string;
  /** The aggregate: events of one key reach every consumer group in the order of their commits. */
  readonly key: string;
  readonly payload: unknown;
}

/** An event as a consumer gets it, at least once. */
export interface Event extends NewEvent {
  /** When its transaction began, by the database's clock. */
  readonly occurredAt: Date;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text can be the id of an event. */
export function isEventId(text: string): boolean {
  return UUID.test(text);
}

export function eventType<Payload>(topic: string, name: string, payload: z.ZodType<Payload>): EventType<Payload> {
  return { topic, name, payload };
}

export function makeEvent<Payload>(type: EventType<Payload>, key: string, payload: Payload): NewEvent {
  return { id: uuidv7(), topic: type.topic, name: type.name, key, payload: type.payload.parse(payload) };
}
