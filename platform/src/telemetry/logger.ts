import { type DestinationStream, destination, type Logger, type LoggerOptions, pino } from 'pino';

export type { Logger } from 'pino';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const SECRETS = [
  'authorization',
  'cookie',
  'password',
  'currentPassword',
  'newPassword',
  'token',
  'accessToken',
  'refreshToken',
  'secret',
  'identitySecret',
  'privateKey',
  'databaseUrl',
  'email',
];

/** The depths at which a secret is looked for: what is logged is flat, an object in it, or a request with its headers. */
const DEPTHS = ['', '*.', '*.*.', '*.*.*.'];
const STANDARD_ERROR = 2;

const options: LoggerOptions = {
  redact: { paths: DEPTHS.flatMap((depth) => SECRETS.map((name) => depth + name)), censor: '[redacted]' },
  serializers: { err: describeError, error: describeError },
  base: {},
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: { level: (level) => ({ level }) },
};

/** A log of JSON lines on standard error: standard output is for the person at the terminal. Secrets are blotted out. */
export function createLogger(
  name: string,
  level: LogLevel,
  stream: DestinationStream = destination({ dest: STANDARD_ERROR, sync: true }),
): Logger {
  return pino({ ...options, name, level, base: { name } }, stream);
}

/** Of an error's own fields only the code: a database's error also carries the row that it refused. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as NodeJS.ErrnoException;
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(code === undefined ? {} : { code }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
