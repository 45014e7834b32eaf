import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { startGateway } from '@starling/gateway';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFixture, createTokens, gatewayOf } from './fixture.ts';

let gateway: Awaited<ReturnType<typeof startGateway>>;

beforeAll(async () => {
  const fixture = createFixture();
  gateway = await startGateway({ ...gatewayOf(fixture, await createTokens()), arrivalTimeoutMs: 200 });
});
afterAll(() => gateway.close());

const HEAD = 'POST /graphql HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\nContent-Length: 100\r\n';

it.each([
  ['in the midst of its head', HEAD],
  ['in the midst of its body', `${HEAD}\r\n{"query":`],
])('a request that stops %s is refused in the end, and its connection closed', async (_where, sent) => {
  const { hostname, port } = new URL(gateway.url);
  const socket = connect(Number(port), hostname);
  socket.write(sent);
  // Ends when the gateway has closed it.
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
});
