import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { accountFor } from './account.ts';
import { findPostgresBinaries } from './binaries.ts';
import { type ClusterFiles, clusterFiles, initialiseCluster, readPassword } from './cluster.ts';
import { type EmbeddedPostgresError, explainEnd, explainFileError } from './error.ts';
import { isLocked, lockDirectory } from './lock.ts';
import { readLog, readPostmaster, startServer, stopOrphan, stopServer } from './server.ts';

export interface EmbeddedPostgresOptions {
  /** Everything that outlives a restart is in here. Made when it does not exist. */
  readonly dataDirectory: string;
  /** PostgreSQL settings by name, over the ones below. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where it listens; a free port when not given. */
  readonly port?: number;
  /** Told, in a few words, what takes long. */
  readonly onProgress?: (step: string) => void;
}

export interface EmbeddedPostgres {
  /** With the password: not for logs. */
  readonly url: string;
  readonly pid: number;
  /** Resolves when the server is gone, with what it had to say. Before `stop` was called, that is a fault. */
  readonly gone: Promise<EmbeddedPostgresError>;
  /** Ends what is still connected, stops the server and gives the data directory back. */
  stop(): Promise<void>;
}

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  wal_level: 'logical',
  max_replication_slots: '8',
  max_wal_senders: '8',
  // A relay that stays away longer than this lasts begins anew, from the outbox.
  max_slot_wal_keep_size: '4GB',
  max_connections: '200',
  shared_buffers: '256MB',
  // Compiling a statement pays for long reports only; ours are short.
  jit: 'off',
  // What a refused statement contained may be personal: the log gets the bare message.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

/**
 * A PostgreSQL of the product's own, reachable from this machine only, with a password that is made at the first start. It
 * outlives a killed product; the next start finds it, stops it in good order and starts anew, so that all that was
 * committed is there and the settings are the present ones.
 *
 * @throws EmbeddedPostgresError with a message for the person who started the product.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { settings = {}, port, onProgress = () => {} } = options;
  const files = clusterFiles(resolve(options.dataDirectory));
  const binaries = findPostgresBinaries();
  let unlock = () => {};
  try {
    mkdirSync(files.dataDirectory, { recursive: true });
    unlock = lockDirectory(files.dataDirectory, files.lock);
    const account = accountFor(files.cluster, binaries.postgres);
    if (await stopOrphan(files)) onProgress('stopped the database that an earlier run had left running');
    await initialiseCluster(files, binaries, account, () => onProgress('making a new database'));
    const server = await startServer(files, binaries.postgres, account, { ...SETTINGS, ...settings }, port);
    return {
      url: urlOf(files, server.port),
      pid: server.pid,
      gone: server.gone.then(() => explainEnd(readLog(files), files.dataDirectory)),
      async stop() {
        await stopServer(server.pid);
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw explainFileError(error, files.dataDirectory);
  }
}

/** The address of the database that another process has running in a data directory; undefined when none does. */
export function findEmbeddedPostgres(dataDirectory: string): string | undefined {
  const files = clusterFiles(resolve(dataDirectory));
  if (!isLocked(files.lock)) return undefined;
  const postmaster = readPostmaster(files);
  return postmaster?.ready ? urlOf(files, postmaster.port) : undefined;
}

function urlOf(files: ClusterFiles, port: number): string {
  return `postgres://starling:${encodeURIComponent(readPassword(files))}@127.0.0.1:${port}/postgres`;
}
