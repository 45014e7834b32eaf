export { migrations } from './migrations.ts';
export { createNotifications } from './subgraph.ts';
