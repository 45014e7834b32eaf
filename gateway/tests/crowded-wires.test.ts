import { createIdentitySigner, signedOut } from '@starling/platform/identity';
import { SUBGRAPH } from '@starling/platform/wire';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MOST_WAITING } from '../src/execution/wires/waiting-questions.ts';
import { openWires, type Wires } from '../src/execution/wires/wires.ts';
import { secret, silent } from './fixture.ts';
import { type Asked, type StandIn, standIn } from './stand-in-on-wires.ts';

const MOST_WIRES = 8;
const LONG_MS = 600_000;

let people: StandIn;
let wires: Wires;
let endpoint: URL;
let asked: Asked[];

beforeEach(async () => {
  people = await standIn();
  asked = [];
  people.answer = (question) => void asked.push(question);
  endpoint = new URL(`${people.url}/graphql`);
  const signer = createIdentitySigner({ secret });
  wires = openWires({
    name: 'people',
    endpoint,
    signer,
    maxAnswerBytes: 1_000,
    deadlineMs: LONG_MS,
    logger: silent,
  });
});
afterEach(async () => {
  wires.close();
  await people.close();
});

/** False when there is no wire on which to ask. */
function ask(): boolean {
  const wire = wires.ready();
  // No question here is answered: all of them fail as the wires are closed.
  wire?.ask({ query: '{ name }' }, signedOut('r'), LONG_MS).catch(() => {});
  return wire !== undefined;
}

/** As many questions as all wires take. */
async function fill(): Promise<void> {
  let waiting = 0;
  await expect
    .poll(() => {
      while (ask()) waiting++;
      return waiting;
    })
    .toBe(MOST_WIRES * MOST_WAITING);
}

/** Whatever has been asked for before has come by then. */
async function roundTrip(): Promise<void> {
  await (await fetch(endpoint, { method: 'POST' })).text();
}

it('no more wires are opened than there may be, however many questions wait', async () => {
  await fill();
  for (let times = 0; times < 3; times++) {
    expect(ask()).toBe(false);
    await roundTrip();
  }
  expect(people.sockets).toHaveLength(MOST_WIRES);
});

it('wires on which nothing further may be asked are in nobody’s place', async () => {
  await fill();
  await expect.poll(() => asked.length).toBe(MOST_WIRES * MOST_WAITING);
  const onEach = Array.from({ length: MOST_WIRES }, (_, at) => asked.find(({ wire }) => wire === at));
  for (const question of onEach) question?.say(SUBGRAPH.goingAway, '', 0);
  await expect.poll(() => [ask(), people.sockets.length][1]).toBe(MOST_WIRES + 1);
  await expect.poll(ask).toBe(true);
});
