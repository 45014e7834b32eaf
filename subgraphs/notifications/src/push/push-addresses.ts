import { lookup as lookUp } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Which addresses messages may be sent to: those of the internet by https alone, or any. */
export type PushAddresses = 'public' | 'any';

/** An address that a message must not be sent to. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
}

/** Networks that are not the internet: this host, private, link-local, shared, reserved, for documentation, and multicast. */
const INTERNAL = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  INTERNAL.addSubnet(network, prefix, 'ipv4');
}

/** Of IPv6 only what is given out to the internet counts, without what leads back to IPv4 or is for documentation. */
const GLOBAL = new BlockList();
GLOBAL.addSubnet('2000::', 3, 'ipv6');
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  INTERNAL.addSubnet(network, prefix, 'ipv6');
}

function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !INTERNAL.check(address, 'ipv4');
  return GLOBAL.check(address, 'ipv6') && !INTERNAL.check(address, 'ipv6');
}

/** Why nothing may be sent to this address, as far as the address itself tells; undefined when it may. */
export function mistakeInEndpoint(endpoint: URL, addresses: PushAddresses): string | undefined {
  if (addresses === 'any') return undefined;
  const host = endpoint.hostname.replace(/^\[|\]$/g, '');
  if (endpoint.protocol !== 'https:') return 'A push endpoint is an https address.';
  if (endpoint.username !== '' || endpoint.password !== '') return 'A push endpoint has no password in it.';
  return isIP(host) !== 0 && !isPublicAddress(host) ? 'A push endpoint is on the internet.' : undefined;
}

/** Looks names up, and answers none that leads anywhere but to the internet: asked as the connection is made. */
export const lookUpPublic: LookupFunction = (hostname, options, callback) => {
  lookUp(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, []);
    if (found.length === 0 || !found.every(({ address }) => isPublicAddress(address))) {
      return callback(new ForbiddenAddressError('The name leads to an address that is not on the internet.'), []);
    }
    const [first] = found;
    if (options.all || !first) return callback(null, found);
    return callback(null, first.address, first.family);
  });
};
