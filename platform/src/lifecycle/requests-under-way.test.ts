import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';
import { requestsUnderWay } from './requests-under-way.ts';

test('a closing server answers what is under way, and does not wait for connections that never asked', async () => {
  let arrived: (response: ServerResponse) => void = () => {};
  const asked = new Promise<ServerResponse>((resolve) => {
    arrived = resolve;
  });
  const server = createServer((_request, response) => arrived(response));
  const requests = requestsUnderWay(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const silent = connect(port, '127.0.0.1');
  await new Promise((resolve) => silent.once('connect', resolve));
  const answer = fetch(`http://127.0.0.1:${port}/`).then((response) => response.text());
  const response = await asked;

  const order: string[] = [];
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      order.push('closed');
      resolve();
    });
  });
  const ended = requests.endConnections();
  response.end('late, but whole', () => order.push('answered'));
  expect(await answer).toBe('late, but whole');
  await ended;
  await closed;
  expect(order).toEqual(['answered', 'closed']);
});
