import type { Identity } from '../../identity/identity.ts';
import type { IdentityVerifier, OpenedToken } from '../../identity/identity-token.ts';
import { KNOWN_IDENTITIES } from '../../wire/messages.ts';
import { WireFault } from './wire-fault.ts';

/** The identities that a gateway has told on one wire. Each seal is looked at once; its age whenever it is used. */
export class KnownIdentities {
  readonly #identities: IdentityVerifier;
  readonly #tokens = new Map<number, OpenedToken | null>();

  constructor(identities: IdentityVerifier) {
    this.#identities = identities;
  }

  /** @throws {WireFault} when there are more than a gateway may tell. */
  know(number: number, token: string): void {
    if (number >= KNOWN_IDENTITIES) throw new WireFault('More identities than a wire knows.');
    this.#tokens.set(number, this.#identities.open(token));
  }

  /** Who asks; null when nobody has said so, at least not in time, or not with the right seal. */
  identityOf(number: number, requestId: string): Identity | null {
    const token = this.#tokens.get(number);
    return token?.isGood() ? { viewer: token.identity.viewer, requestId } : null;
  }
}
