import { startGateway } from '@starling/gateway';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFixture, createTokens, gatewayOf } from './fixture.ts';

const fixture = createFixture();
let gateway: Awaited<ReturnType<typeof startGateway>>;

beforeAll(async () => {
  const tokens = await createTokens();
  gateway = await startGateway(gatewayOf(fixture, tokens));
});
afterAll(() => gateway.close());

const audits = serverAudits({ url: () => `${gateway.url}/graphql`, fetchFn: fetch });

describe('the audit of GraphQL over HTTP: what a server must, should and may do', () => {
  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s %s', async (_id, _name, audit) => {
    const result = await audit.fn();
    expect([result.status, 'reason' in result ? result.reason : undefined]).toEqual(['ok', undefined]);
  });
});

describe('beyond the audit', () => {
  const query = JSON.stringify({ query: '{ __typename }' });
  const json = { 'content-type': 'application/json' };
  const send = (init: RequestInit, path = '') => fetch(`${gateway.url}/graphql${path}`, init);

  it.each<[number, string, RequestInit]>([
    [405, 'PUT', { method: 'PUT', headers: json, body: query }],
    [405, 'DELETE', { method: 'DELETE' }],
    [405, 'OPTIONS', { method: 'OPTIONS' }],
    [406, 'an answer as a picture', { method: 'POST', headers: { ...json, accept: 'image/png' }, body: query }],
    [415, 'a form', { method: 'POST', body: new URLSearchParams({ query: '{ __typename }' }) }],
    [415, 'plain text', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: query }],
    [415, 'GraphQL as such', { method: 'POST', headers: { 'content-type': 'application/graphql' }, body: '{ a }' }],
    [400, 'no JSON', { method: 'POST', headers: json, body: '{"query"' }],
    [413, 'too much', { method: 'POST', headers: json, body: `{"query":"#${'x'.repeat(300_000)}"}` }],
  ])('%i for %s, in an error that is typed', async (status, _what, init) => {
    const response = await send(init);
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    expect([response.status, errors[0]?.extensions.code]).toEqual([status, 'BAD_REQUEST']);
    if (status === 405) expect(response.headers.get('allow')).toBe('GET, POST');
  });

  it('refuses HEAD like the other methods, without a word', async () => {
    const response = await send({ method: 'HEAD' });
    expect([response.status, response.headers.get('allow'), await response.text()]).toEqual([405, 'GET, POST', '']);
  });

  it('changes nothing by GET, in whichever form it is asked for', async () => {
    const path = `?${new URLSearchParams({ query: 'mutation { rename(to: "Eve") { name } }' })}`;
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const response = await send({ headers: { accept } }, path);
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    }
  });

  it('answers in the form that is preferred', async () => {
    for (const [accept, type] of [
      ['application/graphql-response+json, application/json;q=0.9', 'application/graphql-response+json; charset=utf-8'],
      ['application/json, */*', 'application/json; charset=utf-8'],
    ] as const) {
      const response = await send({ method: 'POST', headers: { ...json, accept }, body: query });
      expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    }
  });
});
