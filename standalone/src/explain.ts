import { EnvironmentError } from '@starling/platform/environment';
import { RelayRequirementError } from '@starling/platform/event-log';
import { PostgresVersionError } from '@starling/platform/postgres';
import { EmbeddedPostgresError } from '@starling/platform/postgres/embedded';
import { RedisUrlError } from '@starling/platform/redis';
import { ProgramError } from './supervise.ts';

/** Errors that say by themselves what to mend. */
const OURS = [
  EmbeddedPostgresError,
  EnvironmentError,
  PostgresVersionError,
  ProgramError,
  RedisUrlError,
  RelayRequirementError,
];

/** The variables that a start may fail by. */
export interface WhereItRuns {
  readonly HOST: string;
  readonly PORT: number;
  readonly METRICS_PORT?: number | undefined;
  readonly DATABASE_URL?: string | undefined;
}

/** What the person who started the product can mend, in a sentence; undefined for everything else. */
export function explainStart(
  error: unknown,
  { HOST, PORT, METRICS_PORT, DATABASE_URL }: WhereItRuns,
): string | undefined {
  if (OURS.some((kind) => error instanceof kind)) return (error as Error).message;
  const { code, syscall, port, message } = error as NodeJS.ErrnoException & { readonly port?: number };
  if (syscall === 'listen' || syscall === 'bind')
    return explainListening(code, HOST, port ?? PORT, port === METRICS_PORT);
  if (code === undefined || DATABASE_URL === undefined) return undefined;
  const database = withoutPassword(DATABASE_URL);
  if (UNREACHABLE.has(code)) {
    return `No PostgreSQL answers at DATABASE_URL (${database}): ${code}. Start it, or correct the address.`;
  }
  if (REFUSED.has(code)) return `PostgreSQL at DATABASE_URL (${database}) refuses: ${message}. Correct DATABASE_URL.`;
  if (code === '53100')
    return `PostgreSQL at DATABASE_URL (${database}) has no space left on its disk. Make room there.`;
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

function explainListening(
  code: string | undefined,
  host: string,
  port: number,
  isMetrics: boolean,
): string | undefined {
  const name = isMetrics ? 'METRICS_PORT' : 'PORT';
  if (code === 'EADDRINUSE') {
    return `Port ${port} of ${host} is in use. Stop what uses it, or set ${name} to another port, such as ${name}=${port + 1}.`;
  }
  if (code === 'EACCES') return `This user may not listen on port ${port}. Set ${name} to a port from 1024 on.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `This machine has no address ${host}. Correct HOST.`;
  return undefined;
}

function withoutPassword(url: string): string {
  const shown = new URL(url);
  shown.password = '';
  return shown.href;
}
