import { migrations as notificationsMigrations } from '@starling/notifications';
import { platformMigrations } from '@starling/platform/postgres';
import { migrations as socialGraphMigrations } from '@starling/social-graph';
import { migrations as timelineMigrations } from '@starling/timeline';
import { migrations as tweetsMigrations } from '@starling/tweets';
import { migrations as usersMigrations } from '@starling/users';
import { importMigrations } from './import/migrations.ts';

/** Every set of migrations of the product. */
export const allMigrations = [
  platformMigrations,
  usersMigrations,
  tweetsMigrations,
  socialGraphMigrations,
  timelineMigrations,
  notificationsMigrations,
  importMigrations,
];
