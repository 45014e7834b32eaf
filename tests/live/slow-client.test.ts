import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { NewEvent } from '@starling/platform/event-log';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createClient, type Person } from '../contract/people.ts';
import { type RunningStarling, startStarling } from '../support/starling.ts';

const STREAMS = 10;
/** As many as a document may have, so that a few updates are more than the kernels keep. */
const TEXTS = Array.from({ length: 49 }, (_, at) => `t${at}: text`).join(' ');
const UPDATE = (fields: string) => `homeTimelineUpdates { __typename
  ... on TweetAdded { tweet { id ${fields} } } ... on StreamGap { reason } }`;
/** Each stream's document is its own, so that what is made ready for one is made for no other. */
const slowDocument = (stream: number) => `subscription Slow${stream} { ${UPDATE(TEXTS)} }`;
const QUICK = `subscription Quick { ${UPDATE('text')} }`;

/** Updates of which each stream lags behind before the client counts as stuck. */
const LAG = 10;
const MOST_POSTS = 400;
/** What waits for one reader at most, and one more. */
const TOO_MANY = 1_001;

interface Update {
  readonly __typename: 'TweetAdded' | 'StreamGap';
  readonly tweet?: Readonly<Record<string, string>> | null;
  readonly reason?: string;
}

let starling: RunningStarling;
let author: Person;
let crowd: Person;
let slow: Person;
let quick: Person;
/** Everything that the author has posted, in order. */
const posted: string[] = [];

async function follow(who: Person, whom: Person): Promise<void> {
  const mutation = 'mutation ($id: ID!) { followUser(input: { userId: $id }) { userErrors { code } } }';
  expect(await starling.graphql(mutation, { id: whom.id }, who.accessToken)).toEqual({
    data: { followUser: { userErrors: [] } },
  });
}

beforeAll(async () => {
  starling = await startStarling({ shape: 'one-process' });
  const people = createClient(starling);
  [author, crowd, slow, quick] = (await Promise.all(
    ['author', 'crowd', 'slow', 'quick'].map((name) => people.register(name)),
  )) as [Person, Person, Person, Person];
  await follow(slow, author);
  await follow(slow, crowd);
  await follow(quick, author);
});
afterAll(() => starling?.stop());

/** Posts a text of as many bytes as may be. */
async function post(): Promise<string> {
  const text = `${posted.length} `.padEnd(280, 'é');
  posted.push(text);
  await author.post(text);
  return text;
}

/** What only the slow one follows, without the work of posting it: the streams are told, and find no tweet. */
async function crowdIn(count: number): Promise<void> {
  const { database, eventLog, snowflakes } = starling.parts;
  const events: NewEvent[] = [];
  for (let each = 0; each < count; each++) {
    const tweetId = await snowflakes.next('tweet');
    const nobody = { replyToTweetId: null, replyToAuthorId: null, quotedTweetId: null, mentionedUserIds: [] };
    const payload = { tweetId, authorId: crowd.id, conversationId: tweetId, ...nobody, hasMedia: false, words: '' };
    events.push({ id: randomUUID(), topic: 'tweets.tweet', name: 'tweet.posted.v1', key: tweetId, payload });
  }
  await database.transaction((transaction) => eventLog.append(transaction, events));
  await starling.processAll();
}

/** Well within the time after which the gateway gives up a client that gives no sign of life. */
const SIGN_OF_LIFE_MS = 1_000;

/** A client whose reader can be stopped, with so many streams of the same home. While it does not read it still says that it is there. */
async function openSlowClient() {
  const socket = new WebSocket(starling.wsUrl, 'graphql-transport-ws');
  const streams = Array.from({ length: STREAMS }, (): Update[] => []);
  let closed = false;
  let signs: NodeJS.Timeout | undefined;
  let wake = () => {};
  const acknowledged = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      const { type, id, payload } = JSON.parse(String(data));
      if (type === 'connection_ack') resolve();
      if (type === 'next') streams[Number(id)]?.push(payload.data.homeTimelineUpdates);
      wake();
    });
  });
  socket.on('close', () => {
    closed = true;
    wake();
  });
  await new Promise((resolve) => socket.once('open', resolve));
  const authorization = `Bearer ${slow.accessToken}`;
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
  await acknowledged;
  for (const id of streams.keys()) {
    socket.send(JSON.stringify({ type: 'subscribe', id: String(id), payload: { query: slowDocument(id) } }));
  }
  return {
    streams,
    async until(satisfied: () => boolean): Promise<void> {
      while (!satisfied()) {
        if (closed) throw new Error('The connection was closed.');
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    stopReading() {
      socket.pause();
      signs = setInterval(() => socket.pong(), SIGN_OF_LIFE_MS);
    },
    readOn() {
      clearInterval(signs);
      socket.resume();
    },
    close: () => socket.terminate(),
  };
}

/** How many updates of the slow one's streams the gateway has made ready to be sent. */
const madeReady = () =>
  starling.fetches.filter(({ subgraph, request }) => subgraph === 'tweets' && request.operationName?.startsWith('Slow'))
    .length;

it('a client that stops reading costs what is on its way to it, is told what it missed, and holds nobody up', async () => {
  const watching = starling.live(quick.accessToken);
  const heard: (string | undefined)[] = [];
  watching.client.subscribe<{ homeTimelineUpdates: Update }>(
    { query: QUICK },
    { next: ({ data }) => heard.push(data?.homeTimelineUpdates.tweet?.text), error: () => {}, complete: () => {} },
  );
  const client = await openSlowClient();
  let sent = 0;
  const postAndHear = async () => {
    const text = await post();
    await expect.poll(() => heard.at(-1), { interval: 5, timeout: 30_000 }).toBe(text);
    sent++;
  };

  // Streams stand once they have told of something.
  while (heard.length === 0 || client.streams.some((stream) => stream.length === 0)) {
    await post();
    await pause(20);
  }
  client.stopReading();
  const readyBefore = madeReady();
  // The kernels on the way have taken what they can once the streams fall behind.
  while (sent < MOST_POSTS && madeReady() - readyBefore > STREAMS * (sent - LAG)) await postAndHear();
  expect(sent).toBeLessThan(MOST_POSTS);

  const stuckAt = madeReady();
  await crowdIn(TOO_MANY);
  await postAndHear();
  // Nothing of all that is read, hydrated or kept for a client that does not take it: a line of a thousand ids waits.
  expect(madeReady() - stuckAt).toBeLessThan(STREAMS);

  client.readOn();
  const last = posted.at(-1);
  await client.until(() => client.streams.every((stream) => stream.some(({ tweet }) => tweet?.t0 === last)));
  for (const stream of client.streams) {
    const gap = stream.findIndex(({ __typename }) => __typename === 'StreamGap');
    expect(stream[gap]).toMatchObject({ reason: 'SLOW_CLIENT' });
    // Before the gap everything came since the stream began, each once and in order.
    const texts = stream.slice(0, gap).map(({ tweet }) => tweet?.t0);
    const from = posted.indexOf(texts[0] ?? '');
    expect(texts).toEqual(posted.slice(from, from + gap));
  }
  client.close();
  await watching.close();
});
