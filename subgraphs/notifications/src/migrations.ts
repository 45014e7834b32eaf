import { type Migrations, packageFile } from '@starling/platform/postgres';

export const migrations: Migrations = { schema: 'notifications', folder: packageFile(import.meta.url, 'migrations') };
