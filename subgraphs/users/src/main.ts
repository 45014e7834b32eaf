import { runSubgraph } from '@starling/platform/subgraph-process';
import { readUsersEnvironment } from './environment.ts';
import { createUsers, migrations, openMail } from './index.ts';

await runSubgraph({
  name: 'users',
  readEnvironment: readUsersEnvironment,
  migrations,
  create: (parts, environment) => createUsers(parts, { mail: openMail(environment) }),
  routes: (users) => ({ '/.well-known/jwks.json': () => users.keySet() }),
});
