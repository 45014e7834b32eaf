import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, send } from '../support/send.ts';
import { count, type Tally } from './tally.ts';

/** An answer that leaves nothing open, or why there is none. */
export type Reply<Data> =
  | { readonly data: Data }
  | { readonly unknown: string }
  /** The client itself is at fault, or so the product says. */
  | { readonly fault: readonly string[] };

/** The code that says that a part is away: the request may or may not have had its effect. */
const AWAY = 'SUBGRAPH_UNAVAILABLE';
const ANSWER_WITHIN_MS = 15_000;
/** How long a client goes on asking for one definite answer. */
export const DEFINITE_WITHIN_MS = 180_000;
const AGAIN_AFTER_MS = 150;

/** The gateways as one client knows them: it stays with one until that one does not answer. */
export class Door {
  private at: number;

  constructor(
    private readonly gateways: readonly string[],
    private readonly tally: Tally,
    first = 0,
  ) {
    this.at = first;
  }

  get gateway(): string {
    return this.gateways[this.at % this.gateways.length] ?? '';
  }

  turn(): void {
    this.at += 1;
  }

  async once<Data>(document: string, variables: object, token?: string): Promise<Reply<Data>> {
    const sentAt = performance.now();
    const reply = await this.attempt<Data>(document, variables, token);
    if ('unknown' in reply) {
      count(this.tally.unanswered, reply.unknown.replace(/127\.0\.0\.1:\d+/, 'the gateway'));
      this.tally.slowestUnansweredMs = Math.max(this.tally.slowestUnansweredMs, performance.now() - sentAt);
      this.turn();
    }
    return reply;
  }

  private async attempt<Data>(document: string, variables: object, token?: string): Promise<Reply<Data>> {
    let answer: Answer<Data>;
    try {
      answer = await send<Data>(this.gateway, document, variables, token, AbortSignal.timeout(ANSWER_WITHIN_MS));
    } catch (error) {
      return { unknown: error instanceof Error ? `${error.message} ${String(error.cause ?? '')}` : String(error) };
    }
    const codes = (answer.errors ?? []).map(({ extensions }) => extensions?.code ?? 'no code');
    if (codes.length === 0 && answer.data) return { data: answer.data };
    const told = (answer.errors ?? []).map(({ message, extensions }) => `${extensions?.code}: ${message}`);
    return codes.some((code) => code !== AWAY) ? { fault: told } : { unknown: told.join(', ') };
  }
}

export const again = () => pause(AGAIN_AFTER_MS);
