import { type Migrations, packageFile } from './migrate.ts';

/** The platform's own tables: outbox, consumer offsets, handled events, dead letters, leased writer numbers. */
export const platformMigrations: Migrations = {
  schema: 'platform',
  folder: packageFile(import.meta.url, 'migrations'),
};
