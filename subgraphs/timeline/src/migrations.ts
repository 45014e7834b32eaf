import { type Migrations, packageFile } from '@starling/platform/postgres';

export const migrations: Migrations = { schema: 'timeline', folder: packageFile(import.meta.url, 'migrations') };
