import { exportJWK, generateKeyPair, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import pino from 'pino';
import { expect, it } from 'vitest';
import { createKeySet } from './key-set.ts';

async function key(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  const sign = () => new SignJWT({}).setProtectedHeader({ alg: 'EdDSA', kid }).sign(privateKey);
  return { jwk: { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA' }, sign };
}

function scripted() {
  const state = { keys: [] as JSONWebKeySet['keys'], reads: 0, fails: false, now: 1_000_000 };
  const keySet = createKeySet({
    logger: pino({ level: 'silent' }),
    now: () => state.now,
    async load() {
      state.reads++;
      if (state.fails) throw new Error('The users subgraph is away.');
      return { keys: state.keys };
    },
  });
  return { state, keySet };
}

it('reads the keys once for many tokens, also at the same moment', async () => {
  const { state, keySet } = scripted();
  const old = await key('old');
  state.keys = [old.jwk];
  const token = await old.sign();
  await Promise.all([1, 2, 3].map(() => jwtVerify(token, keySet.keyOf)));
  await jwtVerify(token, keySet.keyOf);
  expect(state.reads).toBe(1);
});

it('finds a rotated key by its new name, and does not let unknown names make it read at will', async () => {
  const { state, keySet } = scripted();
  const [old, next, foreign] = [await key('old'), await key('next'), await key('foreign')];
  state.keys = [old.jwk];
  await jwtVerify(await old.sign(), keySet.keyOf);

  state.keys = [old.jwk, next.jwk];
  await expect(jwtVerify(await next.sign(), keySet.keyOf)).rejects.toThrow();
  expect(state.reads).toBe(1);
  state.now += 5_000;
  await jwtVerify(await next.sign(), keySet.keyOf);
  await jwtVerify(await old.sign(), keySet.keyOf);
  expect(state.reads).toBe(2);

  for (let attempt = 0; attempt < 5; attempt++) {
    await expect(jwtVerify(await foreign.sign(), keySet.keyOf)).rejects.toThrow();
  }
  expect(state.reads).toBe(2);
});

it('forgets a withdrawn key in time, and goes on with what it has while there is nothing to read', async () => {
  const { state, keySet } = scripted();
  const [old, next] = [await key('old'), await key('next')];
  state.keys = [old.jwk, next.jwk];
  await jwtVerify(await old.sign(), keySet.keyOf);

  state.fails = true;
  state.now += 301_000;
  await jwtVerify(await old.sign(), keySet.keyOf);
  state.fails = false;
  state.keys = [next.jwk];
  state.now += 301_000;
  await expect(jwtVerify(await old.sign(), keySet.keyOf)).rejects.toThrow();
  await jwtVerify(await next.sign(), keySet.keyOf);
});
