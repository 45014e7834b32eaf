import { Agent, request } from 'node:http';
import { createIdentitySigner, IDENTITY_HEADER } from '@starling/platform/identity';

export interface HomePages {
  /** The newest tweets of a reader's home. */
  read(reader: string): Promise<string[]>;
  close(): void;
}

const BODY = JSON.stringify({ query: '{ homeTimeline(first: 20) { nodes { id } pageInfo { hasNextPage } } }' });

/** Asks the timeline's own port, as a gateway does. */
export function homePages(url: string, secret: string): HomePages {
  const signer = createIdentitySigner({ secret });
  const agent = new Agent({ keepAlive: true });
  const ask = (headers: Record<string, string>) =>
    new Promise<string>((resolve, reject) => {
      const asked = request(`${url}/graphql`, { agent, method: 'POST', headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => resolve(Buffer.concat(parts).toString()));
        response.on('error', reject);
      });
      asked.on('error', reject);
      asked.end(BODY);
    });
  return {
    async read(reader) {
      const viewer = { userId: reader, sessionId: '1', role: 'USER' as const };
      const token = signer.sign({ viewer, requestId: 'bench' }, 'timeline');
      const body = await ask({ 'content-type': 'application/json', [IDENTITY_HEADER]: token });
      const { data, errors } = JSON.parse(body) as {
        data?: { homeTimeline: { nodes: { id: string }[] } };
        errors?: unknown;
      };
      if (!data || errors) throw new Error(`A page was refused: ${body}`);
      return data.homeTimeline.nodes.map(({ id }) => id);
    },
    close: () => agent.destroy(),
  };
}
