import { PassThrough } from 'node:stream';
import { createIdentitySigner, createIdentityVerifier, type Identity } from '@starling/platform/identity';
import { FrameWriter, GATEWAY, KNOWN_CHARACTERS, KNOWN_IDENTITIES, KNOWN_OPERATIONS } from '@starling/platform/wire';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ToldIdentities } from './told-identities.ts';
import { ToldOperations } from './told-operations.ts';

const secret = 'a secret of more than thirty-two characters';

/** What the other side of a wire knows by now. */
class Heard extends FrameWriter {
  readonly operations = new Map<number, string>();
  readonly identities = new Map<number, string>();
  messages = 0;

  constructor() {
    super(new PassThrough());
  }
  override send(kind: number, number: number, text = ''): void {
    this.messages++;
    if (kind === GATEWAY.forgetOperations) this.operations.clear();
    else if (kind === GATEWAY.operation) this.operations.set(number, text);
    else this.identities.set(number, text);
  }
}

let heard: Heard;
beforeEach(() => {
  heard = new Heard();
});

describe('operations', () => {
  it('are told once, and no more of them than are kept', () => {
    const told = new ToldOperations(heard);
    for (let round = 0; round < 3; round++) {
      for (let at = 0; at < KNOWN_OPERATIONS; at++)
        expect(heard.operations.get(told.numberOf(`{ f${at} }`))).toBe(`{ f${at} }`);
    }
    expect(heard.messages).toBe(KNOWN_OPERATIONS);
    expect(heard.operations.get(told.numberOf('{ more }'))).toBe('{ more }');
    expect(heard.operations.size).toBe(1);
    expect(heard.operations.get(told.numberOf('{ f0 }'))).toBe('{ f0 }');
  });

  it('are known by numbers that stand for no other afterwards, whatever was said of them late', () => {
    const told = new ToldOperations(heard);
    const first = told.numberOf('{ f }');
    for (let at = 0; at < KNOWN_OPERATIONS; at++) told.numberOf(`{ f${at} }`);
    // On its way as all were forgotten.
    told.learn(first, '["Person"]');
    for (let at = 0; at < KNOWN_OPERATIONS; at++) expect(told.typesForAll(`{ f${at} }`)).toBeUndefined();
    told.learn(told.numberOf('{ f }'), '["Person"]');
    expect(told.typesForAll('{ f }')).toEqual(new Set(['Person']));
    expect(told.typesForAll('{ f1 }')).toBeUndefined();
  });

  it('are no longer together than is kept', () => {
    const told = new ToldOperations(heard);
    for (let at = 0; at < 10; at++) {
      const text = `{ ${'x'.repeat(1_000_000)}${at} }`;
      expect(heard.operations.get(told.numberOf(text))).toBe(text);
      const characters = [...heard.operations.values()].reduce((sum, { length }) => sum + length, 0);
      expect(characters).toBeLessThanOrEqual(KNOWN_CHARACTERS);
    }
    expect(() => told.numberOf('x'.repeat(2_000_000))).toThrow('too long');
  });
});

describe('identities', () => {
  const signer = createIdentitySigner({ secret });
  const verifier = createIdentityVerifier({ secret, audience: 'people' });
  const viewer = (userId: string, sessionId: string, role: 'USER' | 'ADMIN' = 'USER'): Identity => ({
    viewer: { userId, sessionId, role },
    requestId: 'r',
  });
  /** Who the other side takes it for. */
  const heardAs = (told: ToldIdentities, identity: Identity) =>
    verifier.verify(heard.identities.get(told.numberOf(identity)))?.viewer;

  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are sealed once in 20 seconds, and anew when anything about them is another', () => {
    const told = new ToldIdentities(heard, signer, 'people');
    const nobody: Identity = { viewer: null, requestId: 'r' };
    for (let times = 0; times < 3; times++) {
      for (const identity of [viewer('1', '2'), viewer('3', '4'), nobody]) {
        expect(heardAs(told, identity)).toEqual(identity.viewer);
      }
    }
    expect(heard.messages).toBe(3);
    for (const identity of [viewer('1', '2', 'ADMIN'), viewer('5', '2'), viewer('1', '2')]) {
      expect(heardAs(told, identity)).toEqual(identity.viewer);
    }
    expect(heard.messages).toBe(6);
    vi.advanceTimersByTime(19_999);
    expect(heardAs(told, viewer('3', '4'))).toEqual(viewer('3', '4').viewer);
    expect(heard.messages).toBe(6);
    vi.advanceTimersByTime(1);
    expect(heardAs(told, viewer('3', '4'))).toEqual(viewer('3', '4').viewer);
    expect(heard.messages).toBe(7);
    // Somebody has set the clock.
    vi.setSystemTime(Date.now() - 3_600_000);
    expect(heardAs(told, viewer('3', '4'))).toEqual(viewer('3', '4').viewer);
    expect(heard.messages).toBe(8);
  });

  it('are no more than are kept, and numbers stand for the latest', () => {
    const told = new ToldIdentities(heard, signer, 'people');
    for (let at = 0; at < KNOWN_IDENTITIES + 10; at++) {
      expect(heardAs(told, viewer(`${at}`, `s${at}`))).toEqual(viewer(`${at}`, `s${at}`).viewer);
    }
    expect(heard.identities.size).toBe(KNOWN_IDENTITIES);
    for (const at of [0, 5, 11, KNOWN_IDENTITIES]) {
      expect(heardAs(told, viewer(`${at}`, `s${at}`))).toEqual(viewer(`${at}`, `s${at}`).viewer);
    }
  });
});
