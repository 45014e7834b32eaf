import { type Migrations, packageFile } from '@starling/platform/postgres';

/** Where the import remembers what has become of what it read. */
export const importMigrations: Migrations = { schema: 'import', folder: packageFile(import.meta.url, 'migrations') };
