import { IDENTITY_TOKEN_SECONDS, type Identity, type IdentitySigner } from '@starling/platform/identity';
import { type FrameWriter, GATEWAY, KNOWN_IDENTITIES } from '@starling/platform/wire';

interface Told {
  readonly number: number;
  readonly viewer: Identity['viewer'];
  /** Unix milliseconds, as in tokens: where the clock is set anew, they are sealed anew. */
  readonly at: number;
}

/** A token is used for two thirds of the time for which it is good: what is asked with it may be on its way for the rest. */
const USED_MS = (IDENTITY_TOKEN_SECONDS * 1_000 * 2) / 3;

/** No session has such an id. */
const NOBODY = '';

/** Identities that were told on one wire, where a number stands for each for some seconds. */
export class ToldIdentities {
  readonly #writer: FrameWriter;
  readonly #signer: IdentitySigner;
  readonly #audience: string;
  readonly #bySession = new Map<string, Told>();

  constructor(writer: FrameWriter, signer: IdentitySigner, audience: string) {
    this.#writer = writer;
    this.#signer = signer;
    this.#audience = audience;
  }

  /** The number of who acts, sealed and told when it was not, or some time ago. */
  numberOf({ viewer, requestId }: Identity): number {
    const session = viewer?.sessionId ?? NOBODY;
    const known = this.#bySession.get(session);
    const now = Date.now();
    const isSame = known && known.viewer?.userId === viewer?.userId && known.viewer?.role === viewer?.role;
    if (isSame && now >= known.at && now < known.at + USED_MS) return known.number;
    // Numbers are given anew: what is told later counts.
    if (!known && this.#bySession.size === KNOWN_IDENTITIES) this.#bySession.clear();
    const number = known?.number ?? this.#bySession.size;
    this.#bySession.set(session, { number, viewer, at: now });
    this.#writer.send(GATEWAY.identity, number, this.#signer.sign({ viewer, requestId }, this.#audience));
    return number;
  }
}
