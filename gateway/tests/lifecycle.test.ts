import { startGateway } from '@starling/gateway';
import { serveSubgraph } from '@starling/platform/subgraph-server';
import { describe, expect, it } from 'vitest';
import { createFixture, createTokens, type Fixture, gatewayOf, secret, silent } from './fixture.ts';
import { openSocket } from './socket.ts';

async function optionsOf(fixture: Fixture) {
  return gatewayOf(fixture, await createTokens());
}

function ask(url: string, query: string, signal: AbortSignal | null = null) {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    signal,
  });
}

describe('the gateway', () => {
  it('lets requests under way finish when it closes, and takes no more', async () => {
    const fixture = createFixture();
    const gateway = await startGateway(await optionsOf(fixture));
    const answer = ask(gateway.url, '{ slow }');
    await expect.poll(() => fixture.identities.length).toBe(1);
    const closed = gateway.close();
    await expect.poll(() => fetch(`${gateway.url}/healthz`).catch(() => 'refused')).toBe('refused');
    fixture.release('at last');
    const { headers } = await answer;
    expect(headers.get('connection')).toBe('close');
    expect(await (await answer).json()).toEqual({ data: { slow: 'at last' } });
    await closed;
  });

  it('goes on when a client leaves before its answer, and closes without waiting for it', async () => {
    const fixture = createFixture();
    const gateway = await startGateway(await optionsOf(fixture));
    const leaving = new AbortController();
    const answer = ask(gateway.url, '{ slow }', leaving.signal);
    await expect.poll(() => fixture.identities.length).toBe(1);
    leaving.abort();
    await expect(answer).rejects.toThrow();
    const metrics = async () => (await fetch(`${gateway.url}/metrics`)).text();
    await expect.poll(metrics).toContain('operation_seconds_count{kind="query",outcome="error"} 1');
    const next = await ask(gateway.url, '{ person(id: "1") { name } }');
    expect(await next.json()).toEqual({ data: { person: { name: 'Ada' } } });
    await gateway.close();
  });

  it('gives the answers that clients wait for on WebSockets when it closes, and keeps no other', async () => {
    const fixture = createFixture();
    const gateway = await startGateway(await optionsOf(fixture));
    const [waiting, idle] = [await openSocket(gateway.url), await openSocket(gateway.url)];
    for (const socket of [waiting, idle]) {
      socket.send({ type: 'connection_init' });
      await socket.next('connection_ack');
    }
    waiting.send({ type: 'subscribe', id: 'a', payload: { query: '{ slow }' } });
    await expect.poll(() => fixture.identities.length).toBe(1);
    const closed = gateway.close();
    expect(await idle.closed).toMatchObject({ code: 1001 });
    fixture.release('at last');
    expect(await waiting.next('next')).toMatchObject({ id: 'a', payload: { data: { slow: 'at last' } } });
    expect(await waiting.next('complete')).toEqual({ id: 'a', type: 'complete' });
    expect(await waiting.closed).toMatchObject({ code: 1001 });
    await closed;
  });

  it('is not ready, though alive, until it can verify tokens', async () => {
    const fixture = createFixture();
    const options = await optionsOf(fixture);
    let keysAreThere = false;
    const gateway = await startGateway({
      ...options,
      async keySet() {
        if (!keysAreThere) throw new Error('not yet');
        return options.keySet();
      },
    });
    const status = async (path: string) => (await fetch(gateway.url + path)).status;
    expect([await status('/healthz'), await status('/readyz')]).toEqual([200, 503]);
    expect((await ask(gateway.url, '{ person(id: "1") { name } }')).status).toBe(200);
    const authorized = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await (await createTokens()).sign()}` },
      body: '{"query":"{ secret }"}',
    });
    expect(authorized.status).toBe(503);
    expect(await authorized.json()).toMatchObject({ errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] });
    keysAreThere = true;
    expect(await status('/readyz')).toBe(200);
    await gateway.close();
  });

  it('keeps its metrics on a port of their own when told', async () => {
    const fixture = createFixture();
    const probe = await startGateway(await optionsOf(fixture));
    const { port } = new URL(probe.url);
    await probe.close();
    const gateway = await startGateway({ ...(await optionsOf(fixture)), metricsPort: Number(port) });
    expect((await fetch(`${gateway.url}/metrics`)).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(200);
    await gateway.close();
  });

  it('does not start without a place for every subgraph, or on a port in use', async () => {
    const fixture = createFixture();
    const options = await optionsOf(fixture);
    await expect(startGateway({ ...options, subgraphs: [fixture.people] })).rejects.toThrow('notes');
    const elsewhere = [fixture.people, { name: 'notes', url: 'http://127.0.0.1:1' }];
    await expect(startGateway({ ...options, subgraphs: elsewhere })).rejects.toThrow('identity secret');
    const gateway = await startGateway(options);
    const port = Number(new URL(gateway.url).port);
    await expect(startGateway({ ...options, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await gateway.close();
  });

  it('gives a subgraph elsewhere its time, and no more', async () => {
    const fixture = createFixture();
    const serve = (subgraph: typeof fixture.notes) =>
      serveSubgraph({ subgraph, host: '127.0.0.1', port: 0, identitySecret: secret, logger: silent });
    const notes = await serve(fixture.notes);
    const gateway = await startGateway({
      ...(await optionsOf(fixture)),
      subgraphs: [fixture.people, { name: 'notes', url: notes.url }],
      identitySecret: secret,
      fetchDeadlineMs: 200,
    });
    const answer = await ask(gateway.url, '{ slow person(id: "1") { name } }');
    expect(await answer.json()).toMatchObject({
      data: { slow: null, person: { name: 'Ada' } },
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    });
    fixture.release('too late');
    await gateway.close();
    await notes.close();
  });

  it('does not mistake a wrong secret of its own for a client’s fault', async () => {
    const fixture = createFixture();
    const notes = await serveSubgraph({
      subgraph: fixture.notes,
      host: '127.0.0.1',
      port: 0,
      identitySecret: `${secret}, but another`,
      logger: silent,
    });
    const gateway = await startGateway({
      ...(await optionsOf(fixture)),
      subgraphs: [fixture.people, { name: 'notes', url: notes.url }],
      identitySecret: secret,
    });
    expect(await (await ask(gateway.url, '{ notes { id } }')).json()).toMatchObject({
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    });
    await gateway.close();
    await notes.close();
  });
});
