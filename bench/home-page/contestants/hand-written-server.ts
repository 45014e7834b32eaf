import { createServer } from 'node:http';
import { createHotRows } from '@starling/platform/cache';
import { announce } from '@starling/platform/lifecycle';
import { Redis } from 'ioredis';

/*
 * The floor: what somebody would write by hand for this one page, without a schema, identity, rules or freshness. The
 * viewer's name is in the path. With `REMEMBERS=on` it keeps tweets and people in the same kind of memory as Starling does, and
 * never hears of a change.
 */
const PAGE_SIZE = 20;
const redis = new Redis(process.env.REDIS_URL ?? '');

const parse = (text: string | null) => (text === null ? null : JSON.parse(text));

/** Parsed values by key; without memory all of them are asked for. */
const memory = process.env.REMEMBERS === 'on' ? createHotRows<unknown>({ max: 100_000 }) : undefined;

async function read(keys: readonly string[]) {
  const missing = keys.filter((key) => memory?.get(key) === undefined);
  const texts = missing.length === 0 ? [] : await redis.mget(missing);
  const found = new Map(missing.map((key, place) => [key, parse(texts[place] ?? null)]));
  const reading = memory?.beginRead();
  for (const [key, value] of found) reading?.fill(key, value);
  reading?.end();
  return keys.map((key) => (found.has(key) ? found.get(key) : memory?.get(key)));
}

async function homePage(username: string): Promise<string> {
  const entries = (await redis.zrevrange(`home:${username}`, 0, PAGE_SIZE)).map((entry) => entry.split(':'));
  const page = entries.slice(0, PAGE_SIZE);
  const people = [...new Set(page.flatMap(([, author = '', retweeter = '']) => [author, retweeter]))].filter(Boolean);
  const [tweets, users] = await Promise.all([
    read(page.map(([tweet]) => `tweet:${tweet}`)),
    read(people.map((id) => `user:${id}`)),
  ]);
  const byId = new Map(people.map((id, place) => [id, users[place]]));
  const edges = page.map(([, author = '', retweeter = ''], place) => {
    const by = byId.get(retweeter);
    return {
      retweetedBy: by ? { id: by.id, username: by.username } : null,
      node: { ...tweets[place], author: byId.get(author) },
    };
  });
  return JSON.stringify({ data: { homeTimeline: { edges, pageInfo: { hasNextPage: entries.length > PAGE_SIZE } } } });
}

const server = createServer((request, response) => {
  homePage(request.url?.slice('/home/'.length) ?? '').then(
    (body) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
      response.end(body);
    },
    (error: Error) => {
      response.writeHead(500);
      response.end(error.message);
    },
  );
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address) announce(`http://127.0.0.1:${address.port}`);
});

process.on('SIGTERM', () => process.exit(0));
