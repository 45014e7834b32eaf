export type EmbeddedPostgresProblem =
  /** No binaries for this machine, or they do not run. */
  | 'BINARIES'
  /** Another running product holds the data directory. */
  | 'LOCKED'
  | 'NO_PERMISSION'
  | 'DISK_FULL'
  /** The data directory holds something, but no database that this version can open. */
  | 'BROKEN'
  /** Running as root, and PostgreSQL, which refuses root, can be run as nobody else. */
  | 'ACCOUNT'
  | 'START';

/** The embedded database cannot run. The message is for the person who started the product: what is wrong, what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';

  constructor(
    readonly problem: EmbeddedPostgresProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What PostgreSQL writes when files of its own are missing or hold what they should not. */
const DAMAGE =
  /PANIC|not a valid data directory|could not (open|read|find|locate|access|stat)|invalid|incorrect checksum|incompatible/;

const DISK_FULL = /No space left on device|Disk quota exceeded/;

/** Says what went wrong in `directory`, from what PostgreSQL's programs wrote. */
export function explainOutput(output: string, directory: string): EmbeddedPostgresError {
  const says = lastWords(output);
  if (/could not \w+ (POSIX |System V )?(shared memory|semaphore)/.test(output)) {
    return new EmbeddedPostgresError('START', `This machine does not let PostgreSQL have the memory it needs. ${says}`);
  }
  if (DISK_FULL.test(output)) return diskFull(directory);
  if (/Permission denied|Operation not permitted|Read-only file system|wrong ownership/.test(output)) {
    return noPermission(directory);
  }
  if (DAMAGE.test(output)) return damaged(directory, says);
  return new EmbeddedPostgresError('START', `The database in ${directory} did not start. ${says}`);
}

/** Says why a server that ran has ended, from its log. */
export function explainEnd(log: string, directory: string): EmbeddedPostgresError {
  if (DISK_FULL.test(log)) return diskFull(directory);
  return new EmbeddedPostgresError('START', `The PostgreSQL of ${directory} has ended by itself. ${lastWords(log)}`);
}

/** Says what went wrong in `directory`, from an error of the file system. */
export function explainFileError(error: unknown, directory: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(directory, error);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return noPermission(directory, error);
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new EmbeddedPostgresError(
      'NO_PERMISSION',
      `${directory} is not a folder. Set DATA_DIR to a folder that this user may write.`,
      { cause: error },
    );
  }
  return error;
}

function diskFull(directory: string, cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'DISK_FULL',
    `No space is left for the database in ${directory}. Free some, or set DATA_DIR to a folder on a disk with room.`,
    cause === undefined ? {} : { cause },
  );
}

function noPermission(directory: string, cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'NO_PERMISSION',
    `The database may not write in ${directory}. Give this user the folder, or set DATA_DIR to one that it may write.`,
    cause === undefined ? {} : { cause },
  );
}

function lastWords(output: string): string {
  return `PostgreSQL says:\n${output.trim().split('\n').slice(-5).join('\n')}`;
}

export function damaged(directory: string, detail: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'BROKEN',
    `The database in ${directory} is damaged and cannot start. ` +
      `Restore it from a backup, or set DATA_DIR to another folder to start anew. ${detail}`,
  );
}

export function otherVersion(directory: string, version: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'BROKEN',
    `The database in ${directory} was made by PostgreSQL ${version}, which this version of the product does not have. ` +
      'Start the version of the product that made it, or set DATA_DIR to another folder to start anew.',
  );
}
