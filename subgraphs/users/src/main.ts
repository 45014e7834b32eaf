import { runSubgraph } from '@starling/platform/subgraph-process';
import { readUsersEnvironment } from './environment.ts';
import { createUsers, migrations } from './index.ts';

await runSubgraph({
  name: 'users',
  readEnvironment: readUsersEnvironment,
  migrations,
  create: (parts) => createUsers(parts),
  routes: (users) => ({ '/.well-known/jwks.json': () => users.keySet() }),
});
