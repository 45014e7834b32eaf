import type { SocketExtra } from '@starling/platform/web-socket';
import { expect, it } from 'vitest';
import type { RevokedSessions } from '../protection/revoked-sessions.ts';
import { liveConnections } from './connections.ts';

const token = {
  viewer: { userId: '1', sessionId: '10', role: 'USER' as const },
  expiresAt: Number.MAX_SAFE_INTEGER,
};

function connections() {
  let revoke = (_sessionId: string) => {};
  const revoked: RevokedSessions = {
    has: () => false,
    onRevoked: (listener) => {
      revoke = listener;
    },
    caughtUp: async () => {},
    caughtUpOnce: async () => {},
    stop: async () => {},
  };
  const closed: string[] = [];
  const socket = (name: string) => ({ close: () => closed.push(name) }) as unknown as SocketExtra;
  return {
    closed,
    socket,
    revoke: (sessionId: string) => revoke(sessionId),
    live: liveConnections({ revoked, operationsOn: () => 3, now: () => Number.MAX_SAFE_INTEGER - 60_000 }),
  };
}

it('counts the operations on all connections of an account, and ends those of its session', () => {
  const { live, socket, closed, revoke } = connections();
  const [one, other] = [socket('one'), socket('other')];
  live.open(one, token);
  live.open(other, token);
  expect(live.operationsOfAccount(one)).toBe(6);
  revoke('10');
  expect(closed).toEqual(['one', 'other']);
  live.left(one);
  expect(live.operationsOfAccount(other)).toBe(3);
  live.left(other);
});

it('keeps nothing of a connection that was left before its token was verified', () => {
  const { live, socket, closed, revoke } = connections();
  const [hasty, patient] = [socket('hasty'), socket('patient')];
  live.left(hasty);
  live.open(hasty, token);
  live.open(patient, token);
  expect(live.viewerOf(hasty)).toBeNull();
  expect(live.operationsOfAccount(patient)).toBe(3);
  revoke('10');
  expect(closed).toEqual(['patient']);
  live.left(patient);
});
