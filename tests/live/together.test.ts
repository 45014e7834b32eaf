import { encodeCursor } from '@starling/platform/pagination';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createClient, type Person } from '../contract/people.ts';
import { type RunningStarling, startStarling } from '../support/starling.ts';

const QUICK_CLIENTS = 3;
const SLOW_STREAMS = 60;
/** Posts that are on their way at a moment. */
const AT_ONCE = 6;
/** Of these the slow streams get twenty megabytes, which is more than the kernels keep. */
const ROUNDS_BEFORE = 2;
const ROUNDS_AFTER = 1;
const TEXTS = Array.from({ length: 49 }, (_, at) => `t${at}: text`).join(' ');

const document = (
  name: string,
  fields: string,
) => `subscription ${name}($tweetId: ID!, $after: String) { conversationUpdates(tweetId: $tweetId, after: $after) {
  ... on TweetAdded { tweet { id ${fields} } } ... on TweetRemoved { tweetId } ... on StreamGap { reason } } }`;

interface Update {
  readonly tweet?: { readonly id: string };
  readonly tweetId?: string;
  readonly reason?: string;
}

const lineOf = ({ tweet, tweetId, reason }: Update) =>
  tweetId === undefined ? (tweet?.id ?? reason) : `${tweetId} is gone`;

let starling: RunningStarling;
let author: Person;
let root: string;
let posts = 0;
beforeAll(async () => {
  starling = await startStarling({ shape: 'one-process' });
  author = await createClient(starling).register('author');
  root = await author.post('Root');
});
afterAll(() => starling?.stop());

const answer = () => author.post(`${posts++} `.padEnd(280, 'é'), { replyToTweetId: root });
const answers = () => Promise.all(Array.from({ length: AT_ONCE }, answer));

/** A client with streams of the conversation, whose reader can be stopped; what each stream has got, line by line. */
async function openClient(documents: readonly string[]) {
  const socket = new WebSocket(starling.wsUrl, 'graphql-transport-ws');
  const streams = documents.map((): (string | undefined)[] => []);
  const acknowledged = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      const { type, id, payload } = JSON.parse(String(data));
      if (type === 'connection_ack') resolve();
      if (type === 'next') streams[Number(id)]?.push(lineOf(payload.data.conversationUpdates));
    });
  });
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await acknowledged;
  const variables = { tweetId: root, after: encodeCursor(`conversation-stream:${root}`, '0') };
  for (const [id, query] of documents.entries()) {
    socket.send(JSON.stringify({ type: 'subscribe', id: String(id), payload: { query, variables } }));
  }
  return { socket, streams };
}

it('what comes together arrives once, in one order, and at who was slow as far as it may be seen by then', async () => {
  const first = await answer();
  const quick = await Promise.all(
    Array.from({ length: QUICK_CLIENTS }, () => openClient([document('Quick', 'text'), document('Quick', 'text')])),
  );
  const quickStreams = quick.flatMap(({ streams }) => streams);
  const slow = await openClient(Array.from({ length: SLOW_STREAMS }, () => document('Slow', TEXTS)));
  // Streams stand once they have told of something.
  const standing = [...quickStreams, ...slow.streams];
  await vi.waitFor(() => expect(standing.every(([line]) => line === first)).toBe(true), { timeout: 60_000 });

  const posted = [first];
  const postAndHear = async () => {
    posted.push(...(await answers()));
    await vi.waitFor(() => expect(quickStreams.every(({ length }) => length === posted.length)).toBe(true), {
      timeout: 60_000,
    });
  };
  slow.socket.pause();
  for (let round = 0; round < ROUNDS_BEFORE; round++) await postAndHear();
  const gone = posted.at(-1) as string;
  for (let round = 0; round < ROUNDS_AFTER; round++) await postAndHear();

  const [order = []] = quickStreams;
  expect([...order].sort()).toEqual([...posted].sort());
  for (const stream of quickStreams) expect(stream).toEqual(order);

  const { errors } = await starling.graphql(
    'mutation ($id: ID!) { deleteTweet(input: { tweetId: $id }) { userErrors { code } } }',
    { id: gone },
    author.accessToken,
  );
  expect(errors).toBeUndefined();
  await vi.waitFor(() => expect(quickStreams.every((stream) => stream.at(-1) === `${gone} is gone`)).toBe(true), {
    timeout: 60_000,
  });
  slow.socket.resume();
  const seen = order.filter((line) => line !== gone);
  for (const stream of slow.streams) {
    await vi.waitFor(() => expect(stream.at(-1)).toBe(`${gone} is gone`), { timeout: 60_000 });
    expect(stream).toEqual(seen);
  }
  for (const { socket } of [...quick, slow]) socket.terminate();
});
