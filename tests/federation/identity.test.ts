import { createIdentitySigner, IDENTITY_HEADER, type Identity } from '@starling/platform/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type Person } from '../contract/people.ts';
import { type RunningStarling, startStarling } from '../support/starling.ts';

describe('who acts', () => {
  let starling: RunningStarling;
  let ada: Person;
  beforeAll(async () => {
    starling = await startStarling({ shape: 'over-http' });
    ada = await createClient(starling).register('ada');
    // What the registration set off is over: from here on only requests send statements.
    await starling.processAll();
  });
  afterAll(() => starling.stop());

  const asAda = (): Identity => ({ viewer: { userId: ada.id, sessionId: '1', role: 'ADMIN' }, requestId: 'r' });

  async function direct(subgraph: string, query: string, headers: Record<string, string> = {}) {
    const response = await fetch(`${starling.subgraphUrls[subgraph]}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    return { status: response.status, body: await response.json() };
  }

  it.each(['users', 'tweets', 'social-graph', 'timeline', 'notifications'])(
    'is told to %s by its gateway alone',
    async (subgraph) => {
      const refusal = {
        status: 401,
        body: { errors: [{ message: 'No identity.', extensions: { code: 'UNAUTHENTICATED' } }] },
      };
      const forger = createIdentitySigner({ secret: `${starling.identitySecret}?` });
      const gateway = createIdentitySigner({ secret: starling.identitySecret });
      const statements = await starling.statementsOf(async () => {
        for (const headers of [
          {},
          { authorization: `Bearer ${ada.accessToken}` },
          { [IDENTITY_HEADER]: JSON.stringify(asAda()) },
          { [IDENTITY_HEADER]: forger.sign(asAda(), subgraph) },
          { [IDENTITY_HEADER]: gateway.sign(asAda(), 'elsewhere') },
        ]) {
          expect(await direct(subgraph, '{ __typename }', headers)).toEqual(refusal);
        }
      });
      expect(statements).toEqual([]);
      const token = { [IDENTITY_HEADER]: gateway.sign(asAda(), subgraph) };
      expect(await direct(subgraph, '{ __typename }', token)).toEqual({
        status: 200,
        body: { data: { __typename: 'Query' } },
      });
    },
  );

  it('is not what a client says in the subgraphs’ own header, even rightly sealed', async () => {
    const stolen = createIdentitySigner({ secret: starling.identitySecret }).sign(asAda(), 'users');
    const response = await fetch(`${starling.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [IDENTITY_HEADER]: stolen },
      body: JSON.stringify({ query: '{ viewer { id } sessions { id } }' }),
    });
    expect(await response.json()).toMatchObject({
      data: { viewer: null, sessions: null },
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });
});
