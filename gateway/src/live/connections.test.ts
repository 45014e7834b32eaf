import type { SocketExtra } from '@starling/platform/web-socket';
import { expect, it } from 'vitest';
import type { VerifiedToken } from '../protection/access-tokens.ts';
import { liveConnections } from './connections.ts';

const token: VerifiedToken = {
  viewer: { userId: '1', sessionId: '10', role: 'USER' },
  expiresAt: Date.now() + 600_000,
};

function world() {
  const revoke: ((sessionId: string) => void)[] = [];
  const connections = liveConnections({ has: () => false, onRevoked: (listener) => void revoke.push(listener) });
  const closed: SocketExtra[] = [];
  const socket = (): SocketExtra => {
    const made = { close: () => void closed.push(made) } as unknown as SocketExtra;
    return made;
  };
  return {
    connections,
    socket,
    closed,
    revoke(sessionId: string) {
      for (const tell of revoke) tell(sessionId);
    },
  };
}

it('keeps nothing of a connection that was left while its token was verified', () => {
  const { connections, socket, closed, revoke } = world();
  const [early, here] = [socket(), socket()];
  connections.left(early);
  for (const each of [early, here]) connections.open(each, token);
  expect([early, here].map((each) => connections.viewerOf(each)?.userId)).toEqual([undefined, '1']);
  revoke('10');
  expect(closed).toEqual([here]);
});

it('counts what is under way on all connections of an account, until it has ended or the connection is left', () => {
  const { connections, socket } = world();
  const [one, other, stranger] = [socket(), socket(), socket()];
  connections.open(one, token);
  connections.open(other, token);
  connections.open(stranger, null);
  for (const id of ['a', 'b']) connections.begin(one, id);
  connections.begin(other, 'a');
  connections.begin(stranger, 'a');
  expect([one, other, stranger].map(connections.operationsOfAccount)).toEqual([3, 3, 1]);
  connections.end(one, 'b');
  expect([...connections.operationsOf(one)]).toEqual(['a']);
  connections.left(other);
  expect(connections.operationsOfAccount(one)).toBe(1);
  connections.end(other, 'a');
});
