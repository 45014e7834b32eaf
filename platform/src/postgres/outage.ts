import pg from 'pg';

// Connection trouble, a log-in that is refused (as while a password is changed), conflicts between transactions, lack of resources, a
// shutdown: nothing that an event is to blame for.
const OUTAGE_CLASSES = new Set(['08', '28', '3D', '40', '53', '57', '58']);
// A lock that was waited for too long; a server that is a standby, or has become one.
const OUTAGE_CODES = new Set(['55P03', '25006']);
// The server, the network, or the way there; this machine, which has no file, port or memory left for a connection.
const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETRESET',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EADDRNOTAVAIL',
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
]);
// A certificate that has expired or that nobody trusts, and whatever else keeps TLS from coming about.
const TLS_CODE = /^(EPROTO$|ERR_(SSL|TLS)_|CERT_|UNABLE_TO_|(DEPTH_ZERO_)?SELF_SIGNED)/;
// The driver and its pool tell these by their words alone.
const BROKEN_CONNECTION =
  /connection terminated|client has encountered a connection error|timeout exceeded when trying to/i;

/** A part of this process that somebody waits for does not run: not yet, or not any more. */
export class NotRunningError extends Error {
  override readonly name = 'NotRunningError';
}

/** True for a failure that goes away by itself: whoever meets it waits and tries again, for as long as it takes. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof pg.DatabaseError) {
    const code = error.code ?? '';
    return OUTAGE_CLASSES.has(code.slice(0, 2)) || OUTAGE_CODES.has(code);
  }
  if (error instanceof NotRunningError) return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (NETWORK_CODES.has(code) || TLS_CODE.test(code)) return true;
  return BROKEN_CONNECTION.test(error.message) || isOutage(error.cause);
}
