import { execFileSync, type SpawnOptions, spawnSync } from 'node:child_process';
import { chownSync, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { EmbeddedPostgresError } from './error.ts';

/** How a program is started, and who owns what it writes. */
export interface Account {
  /** The command that runs `file` with `args` under this account. */
  command(file: string, args: readonly string[]): { file: string; args: string[]; options: SpawnOptions };
  /** Hands a file or folder of ours to the account. */
  own(path: string): void;
}

const NAME = 'postgres';
const CAPABILITIES = '+dac_override,+dac_read_search';

/**
 * PostgreSQL refuses to run as root. Started by root, it runs as the user who owns the data already, or else as the user
 * `postgres`, which is made when there is none. Where that user cannot reach the programs or the data (a project below
 * `/root`, a private temporary folder), it keeps root's right to pass through other people's folders, and no other right.
 */
export function accountFor(data: string, programs: string): Account {
  if (process.getuid?.() !== 0) {
    return { command: (file, args) => ({ file, args: [...args], options: {} }), own: () => {} };
  }
  const { uid, gid } = ownerOf(data) ?? findOrCreateUser();
  const own = (path: string) => chownSync(path, uid, gid);
  if (isReachable(data, uid, gid) && isReachable(programs, uid, gid)) {
    return { command: (file, args) => ({ file, args: [...args], options: { uid, gid } }), own };
  }
  if (!existsInPath('setpriv')) {
    throw new EmbeddedPostgresError(
      'ACCOUNT',
      `PostgreSQL does not run as root, and the user it runs as cannot reach ${data} or ${programs}. ` +
        'Start the product as another user, move it out of the private folder, or install `setpriv` (util-linux).',
    );
  }
  const options = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--no-new-privs'];
  // PostgreSQL asks `access` whether its own programs are there, which takes rights into account only with this bit.
  const bits = '--securebits=+no_setuid_fixup';
  const rights = [bits, `--inh-caps=-all,${CAPABILITIES}`, `--ambient-caps=-all,${CAPABILITIES}`];
  return {
    command: (file, args) => ({ file: 'setpriv', args: [...options, ...rights, '--', file, ...args], options: {} }),
    own,
  };
}

function ownerOf(path: string): { uid: number; gid: number } | undefined {
  if (!existsSync(path)) return undefined;
  const { uid, gid } = statSync(path);
  return uid === 0 ? undefined : { uid, gid };
}

function findOrCreateUser(): { uid: number; gid: number } {
  const existing = findUser();
  if (existing) return existing;
  const attempts: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', NAME]],
    ['adduser', ['-S', '-D', '-H', NAME]],
  ];
  for (const [file, args] of attempts) {
    if (spawnSync(file, args, { env: environment() }).status === 0) break;
  }
  const created = findUser();
  if (created) return created;
  throw new EmbeddedPostgresError(
    'ACCOUNT',
    `PostgreSQL does not run as root, and the user ${NAME} could not be created. Start the product as another user.`,
  );
}

function findUser(): { uid: number; gid: number } | undefined {
  const number = (flag: string) => {
    const { status, stdout } = spawnSync('id', [flag, NAME], { encoding: 'utf8', env: environment() });
    return status === 0 ? Number(stdout) : undefined;
  };
  const [uid, gid] = [number('-u'), number('-g')];
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/** May the user enter every folder down to `path`? The path itself may not exist yet. */
function isReachable(path: string, uid: number, gid: number): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const { mode, uid: owner, gid: group } = statSync(folder);
      const enter = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
      if ((mode & enter) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

function existsInPath(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore', env: environment() });
    return true;
  } catch {
    return false;
  }
}

/** What PostgreSQL's programs see of our environment: no settings of ours for other servers, and messages in English. */
export function environment(): NodeJS.ProcessEnv {
  return { PATH: `${process.env.PATH ?? ''}:/usr/sbin:/usr/bin:/sbin:/bin`, LC_ALL: 'C', TZ: 'UTC' };
}
