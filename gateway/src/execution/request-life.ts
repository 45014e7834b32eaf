import { type Ending, OpenEnding } from '@starling/platform/batching';
import type { Patience } from './subgraph-source.ts';

/** A request's life: it ends when its deadline passes, or whoever asked leaves. */
export class RequestLife extends OpenEnding implements Patience {
  readonly deadlineAt: number;
  readonly #leaving: Ending | undefined;
  readonly #timer: NodeJS.Timeout;
  readonly #end = () => this.abort();

  constructor(milliseconds: number, leaving?: Ending) {
    super();
    this.deadlineAt = performance.now() + milliseconds;
    this.#leaving = leaving;
    this.#timer = setTimeout(this.#end, milliseconds);
    if (leaving?.aborted) this.abort();
    leaving?.addEventListener('abort', this.#end);
  }
  /** To be called when it is answered. */
  end(): void {
    clearTimeout(this.#timer);
    this.#leaving?.removeEventListener('abort', this.#end);
  }
}
