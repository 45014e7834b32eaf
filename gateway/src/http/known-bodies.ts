import { SecondChance } from '@starling/platform/cache';
import type { FastifyInstance } from 'fastify';

/** Characters of bodies that are kept; clients send the same few queries, with the same few variables, all the time. */
const KEPT_CHARACTERS = 1_000_000;
const LONGEST_KEPT = 4_000;

/** Bodies that were read before, by their text. */
export interface KnownBodies {
  /** Keeps what was read of a request, for the next one that says the same; for queries, which carry no secrets. */
  keep(body: unknown): void;
}

function frozen(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) frozen(inner);
  Object.freeze(value);
}

/** Reads JSON as fastify does, each kept text once. What was kept is given to many requests: nobody can change it. */
export function readKnownBodies(app: FastifyInstance): KnownBodies {
  const known = new SecondChance<string, object>(KEPT_CHARACTERS);
  const texts = new WeakMap<object, string>();
  const readAnew = app.getDefaultJsonParser('error', 'error');

  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    const before = known.get(text);
    if (before) return done(null, before);
    readAnew(request, text, (error, body: unknown) => {
      if (typeof body === 'object' && body !== null && text.length <= LONGEST_KEPT) texts.set(body, text);
      done(error, body);
    });
  });

  return {
    keep(body) {
      if (typeof body !== 'object' || body === null) return;
      const text = texts.get(body);
      if (text === undefined || Object.isFrozen(body)) return;
      frozen(body);
      known.set(text, body, text.length + 1);
    },
  };
}
