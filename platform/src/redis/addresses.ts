import { withoutPassword } from '../environment/without-password.ts';

/** One address is one Redis; several, separated by commas, are nodes of one Redis Cluster. */
export function redisAddresses(url: string): string[] {
  return url
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
}

/** The addresses as they may be logged. */
export function withoutPasswords(url: string): string {
  return redisAddresses(url).map(withoutPassword).join(',');
}
