import { type Migrations, packageFile } from '@starling/platform/postgres';

export const migrations: Migrations = { schema: 'social_graph', folder: packageFile(import.meta.url, 'migrations') };
