import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { until } from '../../engines/processes.ts';
import type { Client } from '../contract/people.ts';
import { send } from '../support/send.ts';
import type { Instances } from './instances.ts';
import { answersTo, conversationOf, homeOf, notificationsOf, Reader, type Watching } from './reader.ts';

const ANSWER = `mutation ($input: PostTweetInput!) {
  postTweet(input: $input) { tweet { id } userErrors { code } } }`;
const FOLLOW = 'mutation ($id: ID!) { followUser(input: { userId: $id }) { userErrors { code } } }';

interface Streams {
  readonly home: Reader;
  readonly notifications: Reader;
  readonly conversation: Reader;
  readonly counts: Reader;
}

/**
 * Somebody's tweet, which somebody else answers again and again. Its author watches everything that an answer tells, through
 * both gateways: the home, the notifications, the conversation, and how many answers there are.
 */
export interface Scene {
  /** One more answer through a gateway, which is taken at the first attempt. */
  answer(gateway: number): Promise<void>;
  /** The same, again until it is taken: of what is answered after an outage not everything may be there. */
  answerOnceTaken(gateway: number): Promise<void>;
  /** The newest answer is deleted. */
  takeBack(gateway: number): Promise<void>;
  /** Every stream has told of everything so far, once and in order, and none of them was closed. */
  heard(): Promise<void>;
  /** The same of streams that were closed and came back. */
  heardAll(): Promise<void>;
  /** Whoever reads at the one gateway leaves, and all of these come back at the other one. */
  leave(gateway: number): void;
  comeTo(gateway: number): void;
  close(): void;
}

const SLOW = 'SLOW_CLIENT';

/** Each line once and in its place. On a machine that is too busy a gap may say that the reader was too slow for some of them. */
export function isTold(received: readonly string[], expected: readonly string[]): boolean {
  let place = 0;
  let mayMiss = false;
  for (const line of received) {
    if (line !== SLOW) {
      const at = expected.indexOf(line, place);
      if (at < 0 || (at > place && !mayMiss)) return false;
      place = at + 1;
    }
    mayMiss = line === SLOW;
  }
  return place === expected.length || mayMiss;
}

async function hears({ received }: Reader, expected: readonly string[]): Promise<void> {
  await until('everything has arrived', async () => isTold(received, expected), { withinMs: 60_000 }).catch(() =>
    expect(received).toEqual(expected),
  );
}

export async function openScene(instances: Instances, people: Client): Promise<Scene> {
  const [owner, author] = [await people.register('owner'), await people.register('author')];
  const { errors } = await send(instances.urlOf(0), FOLLOW, { id: author.id }, owner.accessToken);
  expect(errors).toBeUndefined();
  const root = await owner.post('root');
  const streamsAt = (gateway: number): Streams => {
    const read = (watching: Watching) => new Reader(instances.urlOf(gateway), owner.accessToken, watching);
    return {
      home: read(homeOf(owner.id)),
      notifications: read(notificationsOf(owner.id)),
      conversation: read(conversationOf(root)),
      counts: read(answersTo(root)),
    };
  };
  const streams = [streamsAt(0), streamsAt(1)];
  const away: Reader[] = [];
  const readers = () => streams.flatMap((each) => Object.values(each) as Reader[]);

  /** Of the answers that are there. */
  const ids: string[] = [];
  /** What the home and the conversation tell of. */
  const told: string[] = [];
  /** Every answer that there ever was: nothing tells of a notification that has gone. */
  const notified: string[] = [];

  const nextText = () => `answer ${notified.length + 1}`;
  const post = (gateway: number, idempotencyKey: string) => {
    const input = { text: nextText(), replyToTweetId: root, idempotencyKey };
    return send<{ postTweet: { tweet: { id: string } | null } | null }>(
      instances.urlOf(gateway),
      ANSWER,
      { input },
      author.accessToken,
    );
  };
  const taken = (id: string) => {
    const text = nextText();
    ids.push(id);
    told.push(text);
    notified.push(text);
  };

  async function heardAll(): Promise<void> {
    for (const { home, notifications, conversation, counts } of streams) {
      await hears(home, ['root', ...told]);
      await hears(conversation, told);
      await hears(notifications, notified);
      await until('the last count has arrived', async () => counts.received.at(-1) === String(ids.length));
      const steps = counts.received.filter((line) => line !== SLOW).map(Number);
      expect(steps.every((count, place) => count !== steps[place - 1])).toBe(true);
      if (notified.length === ids.length) expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    }
  }

  return {
    async answer(gateway) {
      const { data, errors } = await post(gateway, randomUUID());
      expect(errors).toBeUndefined();
      taken(data?.postTweet?.tweet?.id ?? '');
    },
    async answerOnceTaken(gateway) {
      const key = randomUUID();
      let id: string | undefined;
      await until('the answer is taken', async () => {
        id = (await post(gateway, key)).data?.postTweet?.tweet?.id;
        return id !== undefined;
      });
      taken(id ?? '');
    },
    async takeBack(gateway) {
      const id = ids.pop() ?? '';
      const mutation = 'mutation ($id: ID!) { deleteTweet(input: { tweetId: $id }) { userErrors { code } } }';
      const { data } = await send(instances.urlOf(gateway), mutation, { id }, author.accessToken);
      expect(data).toEqual({ deleteTweet: { userErrors: [] } });
      told.push(`${id} is gone`);
    },
    async heard() {
      await heardAll();
      expect(readers().flatMap(({ closes }) => closes)).toEqual([]);
    },
    heardAll,
    leave(gateway) {
      for (const reader of Object.values(streams[gateway] ?? {}) as Reader[]) {
        reader.leave();
        away.push(reader);
      }
    },
    comeTo(gateway) {
      for (const reader of away.splice(0)) reader.come(instances.urlOf(gateway));
    },
    close() {
      for (const reader of readers()) reader.leave();
    },
  };
}
