import type { IncomingHttpHeaders } from 'node:http';

/**
 * Apollo Server answers a GET only with a header that makes browsers ask first. That is right for browsers; a program
 * that is none, and a page of our own, need not prove it: browsers say of every request from where it comes.
 */
export function isFromAnotherSite({ origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).host !== host : origin !== undefined;
}
