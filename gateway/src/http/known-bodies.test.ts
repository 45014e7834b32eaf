import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KnownBodies, readKnownBodies } from './known-bodies.ts';

describe('known bodies', () => {
  let app: FastifyInstance;
  let bodies: KnownBodies;
  let received: unknown[];

  beforeEach(() => {
    app = fastify();
    bodies = readKnownBodies(app);
    received = [];
    app.post('/', async ({ body, query }) => {
      received.push(body);
      if ((query as { keep?: string }).keep) bodies.keep(body);
      return 'ok';
    });
  });

  afterEach(() => app.close());

  const post = (text: string, keep = true) =>
    app.inject({
      method: 'POST',
      url: keep ? '/?keep=1' : '/',
      headers: { 'content-type': 'application/json' },
      payload: text,
    });

  it('are read once, and nobody can change them', async () => {
    const text = '{"query":"{ a }","variables":{"list":[{"b":1}]}}';
    await post(text);
    await post(text);
    await post(`${text} `);
    expect(received[1]).toBe(received[0]);
    expect(received[2]).not.toBe(received[0]);
    expect(received).toEqual([0, 1, 2].map(() => ({ query: '{ a }', variables: { list: [{ b: 1 }] } })));
    const { variables } = received[0] as { variables: { list: { b: number }[] } };
    expect(() => {
      (variables.list[0] as { b: number }).b = 2;
    }).toThrow(TypeError);
  });

  it('are not kept unless it is said, and not when they are long', async () => {
    await post('{"password":"secret"}', false);
    await post('{"password":"secret"}', false);
    const long = JSON.stringify({ query: 'x'.repeat(4_000) });
    await post(long);
    await post(long);
    expect(received[1]).not.toBe(received[0]);
    expect(Object.isFrozen(received[0])).toBe(false);
    expect(received[3]).not.toBe(received[2]);
  });

  it('are bounded: of very many, the first are read anew', async () => {
    const text = (number: number) => JSON.stringify({ query: `${number} ${'x'.repeat(3_900)}` });
    for (let number = 0; number < 300; number++) await post(text(number));
    await post(text(0));
    expect(received.at(-1)).toEqual(received[0]);
    expect(received.at(-1)).not.toBe(received[0]);
  });

  it('are refused as ever, however often they come', async () => {
    for (const text of ['', '{', '{"__proto__":{"a":1}}', '{"constructor":{"prototype":{}}}']) {
      const answers = [await post(text), await post(text)];
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 400]);
    }
    expect(received).toEqual([]);
  });
});
