export { digestsEvery } from './digests/digest-times.ts';
export { migrations } from './migrations.ts';
export { createNotifications, type Notifications, type NotificationsOptions } from './subgraph.ts';
