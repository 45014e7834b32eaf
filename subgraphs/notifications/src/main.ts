import { runSubgraph } from '@starling/platform/subgraph-process';
import { readNotificationsEnvironment } from './environment.ts';
import { migrations } from './migrations.ts';
import { createNotifications } from './subgraph.ts';

await runSubgraph({
  name: 'notifications',
  readEnvironment: readNotificationsEnvironment,
  migrations,
  create: (parts, { PUSH_CONTACT: contact, PUSH_ADDRESSES: addresses }) =>
    createNotifications(parts, { push: { contact, addresses } }),
});
