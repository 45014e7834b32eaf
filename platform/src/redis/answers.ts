/** What Redis answers while it cannot serve for a while: it starts, fails over, is full, or must not write. */
const PASSING =
  /^(LOADING|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|BUSY|READONLY|MISCONF|NOREPLICAS|OOM|MOVED|ASK|UNBLOCKED|NOSCRIPT|WRONGPASS|NOAUTH|NOPERM)\b/;

/** An error that Redis answers on account of what it was asked, and would answer again: no outage. */
export function isAnswer(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReplyError' && !PASSING.test(error.message);
}
