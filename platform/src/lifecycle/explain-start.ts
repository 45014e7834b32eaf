import { EnvironmentError } from '../environment/read-environment.ts';
import { withoutPassword } from '../environment/without-password.ts';
import { PostgresConnectionError } from '../postgres/connect-once.ts';

/** The variables that a start may fail by. */
export interface WhereItRuns {
  readonly HOST: string;
  readonly PORT: number;
  readonly METRICS_PORT?: number | undefined;
  readonly DATABASE_URL?: string | undefined;
}

type Failure = NodeJS.ErrnoException & { readonly port?: number };

/** What the person who started a process can mend, in a sentence; undefined for everything else. */
export function explainStart(error: unknown, environment: WhereItRuns): string | undefined {
  if (error instanceof EnvironmentError) return error.message;
  const failure = error as Failure;
  if (failure.syscall === 'listen' || failure.syscall === 'bind') return explainListening(failure, environment);
  const { DATABASE_URL } = environment;
  return DATABASE_URL === undefined ? undefined : explainDatabase(failure, withoutPassword(DATABASE_URL));
}

function explainListening(failure: Failure, { HOST, PORT, METRICS_PORT }: WhereItRuns): string | undefined {
  const { code, port = PORT } = failure;
  const name = port === METRICS_PORT ? 'METRICS_PORT' : 'PORT';
  if (code === 'EADDRINUSE') {
    return `Port ${port} of ${HOST} is in use. Stop what uses it, or set ${name} to another port, such as ${name}=${port + 1}.`;
  }
  if (code === 'EACCES') return `This user may not listen on port ${port}. Set ${name} to a port from 1024 on.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `This machine has no address ${HOST}. Correct HOST.`;
  return undefined;
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  '57P03',
]);
/** Wrong password, unknown role, unknown database, too little right to make tables. */
const REFUSED = new Set(['28P01', '28000', '3D000', '42501']);
const TOO_MANY_CONNECTIONS = '53300';
const DISK_FULL = '53100';
/** What the driver says when there is none. */
const PASSWORD_WANTED = /client password must be/;

function explainDatabase(failure: Failure, shown: string): string | undefined {
  const { code, message } = failure;
  const database = `PostgreSQL at DATABASE_URL (${shown})`;
  if (code !== undefined && UNREACHABLE.has(code)) {
    return `No PostgreSQL answers at DATABASE_URL (${shown}): ${code}. Start it, or correct the address.`;
  }
  if (code !== undefined && REFUSED.has(code)) return `${database} refuses: ${message}. Correct DATABASE_URL.`;
  if (code === TOO_MANY_CONNECTIONS) return `${database} takes no more connections. Raise max_connections there.`;
  if (code === DISK_FULL) return `${database} has no space left on its disk. Make room there.`;
  if (!(failure instanceof PostgresConnectionError)) return undefined;
  if (PASSWORD_WANTED.test(message)) return `${database} asks for a password. Correct DATABASE_URL, which has none.`;
  return `No connection to ${database}: ${message}. Correct DATABASE_URL.`;
}
