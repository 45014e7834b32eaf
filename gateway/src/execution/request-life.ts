import type { Patience } from './subgraph-source.ts';

/** A request's life: it ends when its deadline passes, or whoever asked leaves. */
export interface RequestLife extends Patience {
  /** To be called when it is answered. */
  end(): void;
}

export function requestLife(milliseconds: number, leaving?: AbortSignal): RequestLife {
  const over = new AbortController();
  const atEnd = new Set<() => void>();
  const abort = () => {
    over.abort();
    for (const call of atEnd) call();
  };
  const timer = setTimeout(abort, milliseconds);
  if (leaving?.aborted) abort();
  leaving?.addEventListener('abort', abort);
  return {
    signal: over.signal,
    deadlineAt: performance.now() + milliseconds,
    atEnd,
    end() {
      clearTimeout(timer);
      leaving?.removeEventListener('abort', abort);
    },
  };
}
