import { createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createAccessTokens, InvalidToken } from '../src/protection/access-tokens.ts';
import { createTokens, type Tokens } from './fixture.ts';

let tokens: Tokens;
let keys: JSONWebKeySet['keys'];
/** How often a key was looked up, which is done for every signature that is checked. */
let checked: number;
let ended: Set<string>;

function accessTokens() {
  return createAccessTokens({
    keySet: {
      published: async () => ({ keys }),
      keyOf(...asked) {
        checked++;
        return createLocalJWKSet({ keys })(...asked);
      },
    },
    revoked: {
      has: (sessionId) => ended.has(sessionId),
      onRevoked() {},
      caughtUp: async () => {},
      caughtUpOnce: async () => {},
      stop: async () => {},
    },
  });
}

beforeEach(async () => {
  // Time passes as a test says.
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  tokens = await createTokens();
  keys = tokens.keySet.keys;
  checked = 0;
  ended = new Set();
});
afterEach(() => vi.useRealTimers());

it('checks the signature of a token once a minute, however often it comes', async () => {
  const { verify } = accessTokens();
  const value = `Bearer ${await tokens.sign()}`;
  for (const milliseconds of [0, 1_000, 58_000, 2_000, 59_000, 2_000]) {
    vi.advanceTimersByTime(milliseconds);
    expect(await verify(value)).toMatchObject({ viewer: { userId: '1', sessionId: '10' } });
  }
  expect(checked).toBe(3);
});

it('takes a token that it knows no longer than its session, its time and its key are good', async () => {
  const { verify } = accessTokens();
  const [one, other] = [`Bearer ${await tokens.sign({ sid: '11' })}`, `Bearer ${await tokens.sign({ sid: '12' })}`];
  const brief = `Bearer ${await tokens.sign({ sid: '12' }, { lifetime: 30 })}`;
  await Promise.all([verify(one), verify(other), verify(brief)]);
  ended.add('11');
  await expect(verify(one)).rejects.toThrow(InvalidToken);
  await verify(other);
  vi.advanceTimersByTime(34_000);
  await verify(brief);
  vi.advanceTimersByTime(3_000);
  await expect(verify(brief)).rejects.toThrow(InvalidToken);
  keys = [];
  vi.advanceTimersByTime(24_000);
  await expect(verify(other)).rejects.toThrow(InvalidToken);
});

it('takes a token with any number of spaces, and remembers it in one form', async () => {
  const { verify } = accessTokens();
  const token = await tokens.sign();
  for (const value of [`Bearer  ${token}`, `Bearer ${token} `, `bearer    ${token}`]) {
    const before = checked;
    for (let time = 0; time < 2; time += 1) expect(await verify(value)).toMatchObject({ viewer: { userId: '1' } });
    expect(checked).toBe(before + 2);
  }
  await expect(verify(`Bearer ${' '.repeat(4_096)}${token}`)).rejects.toThrow(InvalidToken);
  await expect(verify(`Bearer ${token} ${token}`)).rejects.toThrow(InvalidToken);
  expect(await verify(undefined)).toBeNull();
});
