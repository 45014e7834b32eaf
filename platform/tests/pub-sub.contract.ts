import type { PubSub } from '@starling/platform/pub-sub';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { gate } from './support/gate.ts';

export interface PubSubHarness {
  prepare(): Promise<void>;
  /** Two ends of one pub/sub: as two processes have them when it spans processes, else the same twice. */
  open(): readonly [PubSub, PubSub];
  close(): Promise<void>;
}

/** What every pub/sub does. */
export function pubSubContract(name: string, harness: PubSubHarness): void {
  describe(`${name} as pub/sub`, () => {
    let here: PubSub;
    let there: PubSub;

    beforeAll(() => harness.prepare());
    afterAll(() => harness.close());
    beforeEach(() => {
      [here, there] = harness.open();
    });
    afterEach(async () => {
      await here.stop();
      await there.stop();
    });

    /** Listens on `channel`; `until` resolves with all messages once `count` have come, `gap` when some may be lost. */
    const collect = async (pubSub: PubSub, channel: string) => {
      const messages: unknown[] = [];
      const waiting: { count: number; resolve: (messages: unknown[]) => void }[] = [];
      let tell: (what: 'gap') => void = () => {};
      const gap = new Promise<'gap'>((resolve) => {
        tell = resolve;
      });
      const hear = (message: unknown) => {
        messages.push(message);
        for (const { count, resolve } of waiting) if (messages.length >= count) resolve(messages);
      };
      const unsubscribe = await pubSub.subscribe(channel, hear, () => tell('gap'));
      const until = (count: number) =>
        new Promise<unknown[]>((resolve) => {
          if (messages.length >= count) resolve(messages);
          else waiting.push({ count, resolve });
        });
      return { messages, until, gap, unsubscribe };
    };

    test('what is published after the subscription arrives, in order, equal ones too', async () => {
      const sent = Array.from({ length: 200 }, (_, index) => ({ number: Math.floor(index / 2) }));
      // An engine that has just started may still move things: that is told, never silent, and all is sent anew.
      for (let channel = 0; ; channel++) {
        const { until, gap } = await collect(there, `c${channel}`);
        await Promise.all(sent.map((message) => here.publish(`c${channel}`, message)));
        const arrived = await Promise.race([until(200), gap]);
        if (arrived === 'gap') continue;
        expect(arrived).toEqual(sent);
        return;
      }
    });

    test('every subscriber of a channel hears, and nobody of another', async () => {
      const all = await Promise.all([collect(here, 'c'), collect(there, 'c'), collect(there, 'c')]);
      const other = await collect(there, 'C');
      await here.publish('c', 'one');
      await here.publish('C', 'two');
      for (const { until } of all) expect(await until(1)).toEqual(['one']);
      expect(await other.until(1)).toEqual(['two']);
    });

    test.each([
      ['null', null],
      ['text', 'a:b "c" \\ \n é 😀 \u2028'],
      ['half of a pair of surrogates', '\ud83d'],
      ['a zero character', 'a\u0000b'],
      ['numbers', [0, -1.5, 1e21]],
      ['nested', { a: [{ b: { c: true } }], 'key:1': {} }],
    ])('a message may be any JSON value: %s', async (_, message) => {
      const { until } = await collect(there, 'c');
      await here.publish('c', message);
      expect(await until(1)).toEqual([message]);
    });

    test.each([
      ['plain', 'a'.repeat(100_000)],
      ['of long characters', '😀'.repeat(30_000)],
      ['at an odd place', `x${'😀é'.repeat(20_000)}`],
    ])('a large message arrives whole, and between others in its place: %s', async (_, large) => {
      const { until } = await collect(there, 'c');
      await Promise.all([here.publish('c', 'before'), here.publish('c', large), here.publish('c', 'after')]);
      expect(await until(3)).toEqual(['before', large, 'after']);
    });

    test('a message that is too large is refused, and the next one goes', async () => {
      const { until } = await collect(there, 'c');
      await expect(here.publish('c', 'x'.repeat(1_000_001))).rejects.toThrow(RangeError);
      await here.publish('c', 'small');
      expect(await until(1)).toEqual(['small']);
    });

    test('what is not JSON is refused', async () => {
      await expect(here.publish('c', undefined)).rejects.toThrow(TypeError);
    });

    test('a channel may have any name', async () => {
      const names = ['', 'a'.repeat(500), 'timeline:"1"; drop', 'é😀', `${'a'.repeat(500)}b`];
      const all = await Promise.all(names.map((name) => collect(there, name)));
      for (const name of names) await here.publish(name, name);
      for (const [index, { until }] of all.entries()) expect(await until(1)).toEqual([names[index]]);
    });

    test('who has left hears no more; who stays, does', async () => {
      const leaving = await collect(there, 'c');
      const staying = await collect(there, 'c');
      await here.publish('c', 1);
      await Promise.all([leaving.until(1), staying.until(1)]);
      await leaving.unsubscribe();
      await leaving.unsubscribe();
      await here.publish('c', 2);
      await staying.until(2);
      expect(leaving.messages).toEqual([1]);
      await staying.unsubscribe();
      const again = await collect(there, 'c');
      await here.publish('c', 3);
      expect(await again.until(1)).toEqual([3]);
      expect(staying.messages).toEqual([1, 2]);
    });

    test('a channel that is left and joined at the same moment is heard', async () => {
      for (let round = 0; round < 20; round++) {
        const before = await collect(there, 'c');
        const [, after] = await Promise.all([before.unsubscribe(), collect(there, 'c')]);
        await here.publish('c', round);
        expect(await after.until(1)).toEqual([round]);
        await after.unsubscribe();
      }
    });

    test('a subscriber that throws disturbs neither the publisher nor the others', async () => {
      await there.subscribe('c', () => {
        throw new Error('mine alone');
      });
      const { until } = await collect(there, 'c');
      await here.publish('c', 1);
      await here.publish('c', 2);
      expect(await until(2)).toEqual([1, 2]);
    });

    test('a subscriber may publish and leave while it is told', async () => {
      const answered = gate();
      await here.subscribe('answer', () => answered.open());
      const unsubscribe = await there.subscribe('c', () => {
        void there.publish('answer', true);
        void unsubscribe();
      });
      await here.publish('c', 1);
      await answered.opened;
    });

    test('once stopped it is silent', async () => {
      const { messages } = await collect(there, 'c');
      const witness = await collect(here, 'c');
      if (here !== there) {
        await there.stop();
        await here.publish('c', 1);
        await witness.until(1);
      } else {
        await here.stop();
        await here.publish('c', 1);
      }
      expect(messages).toEqual([]);
    });
  });
}
