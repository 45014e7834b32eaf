import { setTimeout as pause } from 'node:timers/promises';
import { createClient as createWsClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createClient, type Person } from '../contract/people.ts';
import { send } from '../support/send.ts';
import { type AnotherGateway, type RunningStarling, startStarling } from '../support/starling.ts';

const ACCOUNTS = 10;
const CLIENTS_OF_EACH = 50;

const UPDATES = `subscription ($after: String) { homeTimelineUpdates(after: $after) {
  ... on TweetAdded { cursor tweet { id } } ... on StreamGap { cursor reason } } }`;
const HOME = '{ homeTimeline(first: 5) { nodes { text author { username } } } }';

interface Update {
  readonly cursor: string;
  readonly tweet?: { readonly id: string };
  readonly reason?: string;
}

let starling: RunningStarling;
let gateway: AnotherGateway;
let author: Person;
let readers: Person[];

beforeAll(async () => {
  starling = await startStarling({ shape: 'one-process' });
  gateway = await starling.startAnotherGateway();
  const people = createClient(starling);
  author = await people.register('author');
  readers = await Promise.all(Array.from({ length: ACCOUNTS }, () => people.register('reader')));
  const mutation = 'mutation ($id: ID!) { followUser(input: { userId: $id }) { userErrors { code } } }';
  await Promise.all(
    readers.map(async ({ accessToken }) => {
      const { errors } = await starling.graphql(mutation, { id: author.id }, accessToken);
      expect(errors).toBeUndefined();
    }),
  );
});
afterAll(() => starling?.stop());

/** An app that stays: it comes back at once, and says where it had come to. */
function openApp({ accessToken }: Person) {
  const received: string[] = [];
  const variables: { after: string | null } = { after: null };
  const client = createWsClient({
    url: gateway.wsUrl,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${accessToken}` },
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: () => pause(100),
    shouldRetry: () => true,
  });
  client.subscribe<{ homeTimelineUpdates: Update }>(
    { query: UPDATES, variables },
    {
      next({ data, errors }) {
        const update = data?.homeTimelineUpdates;
        if (update) variables.after = update.cursor;
        received.push(update?.tweet?.id ?? update?.reason ?? JSON.stringify(errors));
      },
      error: (error) => received.push(`error ${JSON.stringify(error)}`),
      complete: () => {},
    },
  );
  return { received, close: () => client.dispose() };
}

it(`${ACCOUNTS * CLIENTS_OF_EACH} clients that come back at once all get what they missed, and queries are answered meanwhile`, async () => {
  const apps = readers.flatMap((reader) => Array.from({ length: CLIENTS_OF_EACH }, () => openApp(reader)));
  const everybody = (last: string | undefined) =>
    expect
      .poll(() => apps.filter(({ received }) => received.at(-1) === last).length, { timeout: 60_000 })
      .toBe(apps.length);
  // Each stands once it has heard something.
  const standing = () => apps.every(({ received }) => received.length > 0);
  for (let calls = 0; !standing(); calls++) {
    const call = await author.post(`call ${calls}`);
    // Those that stand have heard it, and nothing piles up.
    await expect
      .poll(() => apps.some(({ received }) => received.length > 0 && received.at(-1) !== call), { timeout: 30_000 })
      .toBe(false);
    await pause(100);
  }
  const before = await author.post('before');
  await everybody(before);

  await gateway.close();
  const missed = [await author.post('missed 1'), await author.post('missed 2')];
  await gateway.openAgain();

  const [reader] = readers as [Person];
  let resumed = false;
  const isBack = ({ received }: ReturnType<typeof openApp>) => received.at(-1) === missed[1];
  const answering = (async () => {
    let answeredMeanwhile = 0;
    do {
      const { data, errors } = await send<{ homeTimeline: { nodes: { text: string }[] } }>(
        gateway.url,
        HOME,
        {},
        reader.accessToken,
      );
      expect(errors).toBeUndefined();
      expect(data?.homeTimeline.nodes[0]?.text).toBe('missed 2');
      if (!apps.every(isBack)) answeredMeanwhile++;
    } while (!resumed);
    return answeredMeanwhile;
  })();
  await everybody(missed[1]);
  resumed = true;
  // It does not stand in their line.
  expect(await answering).toBeGreaterThan(0);

  const after = await author.post('after');
  await everybody(after);
  for (const { received } of apps) {
    expect(received.slice(received.indexOf(before))).toEqual([before, ...missed, after]);
  }
  await Promise.all(apps.map(({ close }) => close()));
});
