import { runSubgraph } from '@starling/platform/subgraph-process';
import { readUsersEnvironment } from './environment.ts';
import { openMail } from './mail/open-mail.ts';
import { migrations } from './migrations.ts';
import { createUsers } from './subgraph.ts';

await runSubgraph({
  name: 'users',
  readEnvironment: readUsersEnvironment,
  migrations,
  create: (parts, environment) => createUsers(parts, { mail: openMail(environment) }),
  routes: (users) => ({ '/.well-known/jwks.json': () => users.keySet() }),
});
