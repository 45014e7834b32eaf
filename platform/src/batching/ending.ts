type Listener = () => void;

/** Whether anybody still waits for an answer. An `AbortSignal` is one, but costs more than most answers to make. */
export interface Ending {
  /** Nobody does. */
  readonly aborted: boolean;
  /** Throws when nobody does. */
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: Listener): void;
  removeEventListener(type: 'abort', listener: Listener): void;
}

/** An end that comes when somebody says so. */
export class OpenEnding implements Ending {
  aborted = false;
  readonly #listeners = new Set<Listener>();

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    for (const listener of this.#listeners) listener();
  }
  throwIfAborted(): void {
    if (this.aborted) throw new Error('Nobody waits for this any more.');
  }
  addEventListener(_type: 'abort', listener: Listener): void {
    this.#listeners.add(listener);
  }
  removeEventListener(_type: 'abort', listener: Listener): void {
    this.#listeners.delete(listener);
  }
}
