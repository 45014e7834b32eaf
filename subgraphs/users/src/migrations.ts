import { type Migrations, packageFile } from '@starling/platform/postgres';

export const migrations: Migrations = { schema: 'users', folder: packageFile(import.meta.url, 'migrations') };
