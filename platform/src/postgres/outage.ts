import pg from 'pg';

// Connection trouble, conflicts between transactions, lack of resources, a shutdown: nothing that an event is to blame for.
const OUTAGE_CLASSES = new Set(['08', '40', '53', '57', '58']);
const LOCK_NOT_AVAILABLE = '55P03';
const NETWORK_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
// The driver and its pool tell these by their words alone.
const BROKEN_CONNECTION =
  /connection terminated|client has encountered a connection error|timeout exceeded when trying to/i;

/** True for a failure that goes away by itself: whoever meets it waits and tries again, for as long as it takes. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof pg.DatabaseError) {
    const code = error.code ?? '';
    return OUTAGE_CLASSES.has(code.slice(0, 2)) || code === LOCK_NOT_AVAILABLE;
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return NETWORK_CODES.has(code) || BROKEN_CONNECTION.test(error.message) || isOutage(error.cause);
}
