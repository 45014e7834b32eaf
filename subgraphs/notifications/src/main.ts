import { runSubgraph } from '@starling/platform/subgraph-process';
import { digestsEvery } from './digests/digest-times.ts';
import { readNotificationsEnvironment } from './environment.ts';
import { migrations } from './migrations.ts';
import { createNotifications } from './subgraph.ts';

await runSubgraph({
  name: 'notifications',
  readEnvironment: readNotificationsEnvironment,
  migrations,
  create: (parts, { PUSH_CONTACT: contact, PUSH_ADDRESSES: addresses, DIGEST_PERIOD_HOURS: hours }) =>
    createNotifications(parts, { push: { contact, addresses }, digests: digestsEvery(hours) }),
});
