import { describe, expect, it } from 'vitest';
import type { Identity } from './identity.ts';
import { createIdentitySigner, createIdentityVerifier } from './identity-token.ts';

const secret = 'a secret of more than thirty-two characters';
const identity: Identity = { viewer: { userId: '1', sessionId: '2', role: 'MODERATOR' }, requestId: 'r-1' };

function at(ms: number) {
  const now = () => ms;
  return {
    signer: createIdentitySigner({ secret, now }),
    verifier: createIdentityVerifier({ secret, audience: 'tweets', now }),
  };
}

/** The token with its claims changed and its seal kept. */
function forged(token: string, change: object): string {
  const [body = '', seal = ''] = token.split('.');
  const content = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), ...change };
  return `${Buffer.from(JSON.stringify(content)).toString('base64url')}.${seal}`;
}

describe('identity token', () => {
  it('carries a viewer, or nobody, to the subgraph it was made for', () => {
    const { signer, verifier } = at(1_000_000);
    expect(verifier.verify(signer.sign(identity, 'tweets'))).toEqual(identity);
    expect(verifier.verify(signer.sign({ viewer: null, requestId: 'r-2' }, 'tweets'))).toEqual({
      viewer: null,
      requestId: 'r-2',
    });
  });

  it('is refused by another subgraph', () => {
    const { signer, verifier } = at(1_000_000);
    expect(verifier.verify(signer.sign(identity, 'users'))).toBeNull();
  });

  it('is refused when it is too old or from the future', () => {
    const token = at(1_000_000).signer.sign(identity, 'tweets');
    expect(at(1_034_000).verifier.verify(token)).toEqual(identity);
    expect(at(1_036_000).verifier.verify(token)).toBeNull();
    expect(at(994_000).verifier.verify(token)).toBeNull();
  });

  it('is refused when anything in it was changed, or another secret sealed it', () => {
    const { signer, verifier } = at(1_000_000);
    const token = signer.sign(identity, 'tweets');
    const foreign = createIdentitySigner({ secret: `${secret}!`, now: () => 1_000_000 });
    const viewer = { userId: '7', sessionId: '2', role: 'ADMIN' };
    for (const bad of [
      forged(token, { viewer }),
      forged(token, { exp: 9_999_999_999 }),
      foreign.sign(identity, 'tweets'),
      token.slice(0, -1),
      `${token}A`,
      `${token}.`,
      token.split('.')[0],
    ]) {
      expect(verifier.verify(bad), String(bad)).toBeNull();
    }
  });

  it.each([undefined, null, 7, '', '.', 'a.b', '..', 'x'.repeat(5_000), ['a'], {}])('refuses %j', (garbage) => {
    expect(at(0).verifier.verify(garbage)).toBeNull();
  });

  it('wants a secret of some length', () => {
    expect(() => createIdentitySigner({ secret: 'short' })).toThrow('at least 32');
    expect(() => createIdentityVerifier({ secret: '', audience: 'tweets' })).toThrow('at least 32');
  });
});
