import { OpenEnding } from '@starling/platform/batching';
import type { Identity } from '@starling/platform/identity';
import type { SubgraphRequest } from '@starling/platform/subgraph-server';
import type { Dictionary } from '../compiled/run.ts';
import { type Asker, nobodyWaits, type WireAnswer } from './asker.ts';
import { EntityPlaces } from './entity-places.ts';
import { partOf } from './part-of-answer.ts';

/** Entities, and askers, of one question. */
export const MOST_ENTITIES = 200;
export const MOST_ASKERS = 64;

/** One of those who ask together. */
interface Member {
  readonly asker: Asker;
  /** Of each of its entities, the place in the question. */
  readonly places: readonly number[];
  readonly leave: () => void;
}

/** The entities that a request is about. */
function representationsOf({ variables }: SubgraphRequest): readonly Dictionary[] {
  return variables?.representations as readonly Dictionary[];
}

/**
 * One question about the entities of several askers, each entity once; all of them ask as nobody in particular. Each is given its own part
 * of the answer; who leaves leaves the others to it, and the last of them ends it.
 */
export class JointQuestion implements Asker {
  readonly identity: Identity;
  readonly patience = new OpenEnding();
  leftMs = 0;
  readonly #first: SubgraphRequest;
  readonly #members = new Set<Member>();
  readonly #entities = new EntityPlaces();

  constructor({ request, identity }: Asker) {
    this.#first = request;
    this.identity = identity;
  }

  get askers(): number {
    return this.#members.size;
  }

  get request(): SubgraphRequest {
    const { variables } = this.#first;
    return { ...this.#first, variables: { ...variables, representations: this.#entities.representations } };
  }

  /** Adds who asks the same of other entities, or of the same; false when there could be too many. @throws when these cannot be written. */
  join(asker: Asker): boolean {
    const asked = representationsOf(asker.request);
    const isFull = this.askers === MOST_ASKERS || this.#entities.representations.length + asked.length > MOST_ENTITIES;
    if (this.askers > 0 && isFull) return false;
    const places = asked.map((representation) => this.#entities.of(representation));
    const member: Member = { asker, places, leave: () => this.#leave(member) };
    asker.patience?.addEventListener('abort', member.leave);
    this.#members.add(member);
    this.leftMs = Math.max(this.leftMs, asker.leftMs);
    return true;
  }

  resolve(answer: WireAnswer): void {
    const count = this.#entities.representations.length;
    const askedAs = this.identity.requestId;
    this.#end(({ asker, places }) => asker.resolve({ ...partOf(answer, count, places), askedAs }));
  }

  reject(fault: Error): void {
    this.#end(({ asker }) => asker.reject(fault));
  }

  #leave(member: Member): void {
    this.#remove(member);
    member.asker.reject(nobodyWaits());
    if (this.#members.size === 0) this.patience.abort();
  }

  #end(tell: (member: Member) => void): void {
    for (const member of this.#members) {
      // Whoever this fails to tell is still among them, and told why, with those behind it.
      tell(member);
      this.#remove(member);
    }
  }

  #remove(member: Member): void {
    this.#members.delete(member);
    member.asker.patience?.removeEventListener('abort', member.leave);
  }
}
